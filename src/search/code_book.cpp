#include "search/code_book.h"

#include <algorithm>

namespace brightline::search {

CodeBook::CodeBook(const law::Law& law) : law_(law), days_{law.change_days(law::Asked::text), law.change_days(law::Asked::enforced)} {}

base::Date CodeBook::stretch_of(base::Date date, law::Asked asked) const {
  const auto& days = days_.at(static_cast<std::size_t>(asked));
  const auto after = std::ranges::upper_bound(days, date);
  return after == days.begin() ? base::Date::min() : *std::prev(after);
}

const law::Code& CodeBook::at(const law::Reading& reading) {
  auto& slot = codes_[{stretch_of(reading.date, reading.asked), reading.asked, reading.letters}];
  if (!slot) {
    base::Problems problems;
    slot = std::make_unique<law::Code>(law::compile(law_, reading, problems));
    base::stop_at(problems);
  }
  return *slot;
}

}  // namespace brightline::search
