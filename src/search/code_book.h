// The compiled law by day: between two days on which something changes, one compilation serves all.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <tuple>

#include "law/code.h"

namespace brightline::search {

class CodeBook {
 public:
  explicit CodeBook(const law::Law& law);
  /// The compiled law of a reading. A law that does not compile on that day is bad input (BadInput).
  const law::Code& at(const law::Reading& reading);
  /// The first day of the stretch `date` lies in.
  [[nodiscard]] base::Date stretch_of(base::Date date, law::Asked asked) const;
  [[nodiscard]] const law::Law& law() const { return law_; }

 private:
  const law::Law& law_;
  std::array<std::vector<base::Date>, 2> days_;  ///< by Asked
  std::map<std::tuple<base::Date, law::Asked, bool>, std::unique_ptr<law::Code>> codes_;
};

}  // namespace brightline::search
