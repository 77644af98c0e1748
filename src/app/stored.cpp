#include "app/stored.h"

#include <algorithm>
#include <cstdlib>

#include "report/terminal_table.h"

namespace brightline::app {

namespace {

bool switched_off() {
  const char* const path = std::getenv("BRIGHTLINE_STORE");
  return path != nullptr && std::string_view(path) == "none";
}

}  // namespace

Stored::Stored(bool wanted, const World& world, std::string question, std::ostream& talk) : key_{std::move(question), world.law.version, world.data_version, BRIGHTLINE_VERSION}, talk_(talk) {
  for (const std::string& id : world.law.with) key_.law += " with " + id;
  if (!wanted || switched_off()) return;
  const auto path = store::CaseStore::usual_path();
  if (!path) {
    give_up(path.error());
    return;
  }
  auto opened = store::CaseStore::open(*path);
  if (opened) store_.emplace(std::move(*opened));
  else give_up(opened.error());
}

void Stored::give_up(const base::Problem& problem) {
  talk_ << base::render(problem) << "  answers are not kept (BRIGHTLINE_STORE=none says so beforehand)\n";
  store_.reset();
}

std::optional<std::string> Stored::find() {
  if (!store_) return std::nullopt;
  auto found = store_->find(key_);
  if (found) return std::move(*found);
  give_up(found.error());
  return std::nullopt;
}

void Stored::keep(const std::string& text) {
  if (!store_) return;
  if (const auto kept = store_->put(key_, text); !kept) give_up(kept.error());
}

int run_stored(const StoredOptions& options, Streams& streams) {
  if (switched_off()) base::refuse("stored", "BRIGHTLINE_STORE=none: nothing is kept", "unset it, or name a file");
  const auto path = store::CaseStore::usual_path();
  if (!path) throw base::BadInput({path.error()});
  auto opened = store::CaseStore::open(*path);
  if (!opened) throw base::BadInput({opened.error()});
  const auto all = opened->list();
  if (!all) throw base::BadInput({all.error()});
  if (!options.hash.empty()) {
    const auto named = [&](const store::CaseSummary& one) { return one.hash.starts_with(options.hash); };
    const auto count = std::ranges::count_if(*all, named);
    if (count == 0) base::refuse("stored", "no answer is kept under '" + options.hash + "'", "brightline stored lists them");
    if (count > 1) base::refuse("stored", std::to_string(count) + " answers begin with '" + options.hash + "'", "write more of the hash");
    const auto text = opened->find(std::ranges::find_if(*all, named)->key);
    if (!text) throw base::BadInput({text.error()});
    streams.out << text->value_or("");
    return done;
  }
  report::Table table;
  constexpr std::size_t shown = 12;
  table.columns = {{"hash", "answer", report::Align::left, false, 12, 0}, {"stored_at", "kept", report::Align::left, false, 10, 1}, {"bytes", "bytes", report::Align::right, false, 5, 2},
                   {"law", "law", report::Align::left, false, 8, 3},     {"data", "data", report::Align::left, false, 8, 4},      {"question", "question", report::Align::left, true, 20, 0}};
  for (const store::CaseSummary& one : *all) {
    table.add({report::Cell(one.hash.substr(0, shown)), report::Cell(one.stored_at), report::Cell::number(base::Exact(static_cast<std::int64_t>(one.bytes))), report::Cell(one.key.law), report::Cell(one.key.data), report::Cell(one.key.question)});
  }
  const auto format = options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table);
  streams.out << (all->empty() && format == report::Format::table ? "no answers are kept in " + path->string() + "\n" : report::rendered(table, format, streams.terminal));
  return done;
}

}  // namespace brightline::app
