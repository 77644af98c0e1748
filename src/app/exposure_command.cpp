#include "app/exposure_command.h"

#include "app/read_input.h"
#include "report/exposure_document.h"
#include "search/exposure.h"

namespace brightline::app {

namespace {

base::Date day_of(const std::string& text, const char* option, base::Problems& problems) {
  if (text == "today") return base::Date::today();
  const auto day = base::Date::parse(text);
  if (!day) problems.add({option, 0, 0, {}}, "'" + text + "' is no day", "write it as 2024-01-15");
  return day.value_or(base::Date());
}

void write(const ExposureOptions& options, const search::Exposure& exposure, const law::Law& law, const base::Problems& rows,
           Streams& streams) {
  const auto format = options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table);
  if (format == report::Format::json) {
    streams.out << report::exposure_json(exposure, law, rows);
  } else if (format == report::Format::table) {
    streams.out << report::exposure_text(exposure, law, rows, streams.terminal);
  } else {
    streams.out << report::rendered(report::exposure_table(exposure), format, streams.terminal);
  }
}

}  // namespace

int run_exposure(const ExposureOptions& options, Streams& streams) {
  base::Problems problems;
  const base::Date before = day_of(options.from_date, "--from-date", problems);
  const base::Date after = day_of(options.to_date, "--to-date", problems);
  if (problems.empty() && after < before)
    problems.add({"--to-date", 0, 0, {}}, "the later day lies before the earlier one", "exchange --from-date and --to-date");
  if (!options.transaction.on.empty()) problems.add({"--on", 0, 0, {}}, "exposure is asked of two days", "use --from-date and --to-date");
  if (!options.transaction.maker.empty()) problems.add({"--maker", 0, 0, {}}, "the catalogue knows who makes the chips of a stock list", "leave it out");
  base::stop_at(problems);
  const std::string text = read_input(options.stock, streams.in);
  const World world = load_world(options.places);
  const search::Transaction transaction = read_transaction(options.transaction, world.catalogue.references, problems);
  base::stop_at(problems);
  base::Problems rows;
  search::Stock stock = search::read_stock(text, options.stock, world.catalogue, {transaction.destination, transaction.headquarters}, rows);
  search::CodeBook codes(world.law);
  const search::Exposure exposure = search::expose(std::move(stock), world.catalogue, codes, transaction, before, after, problems);
  base::stop_at(problems);
  write(options, exposure, world.law, rows, streams);
  if (rows.empty()) return done;
  streams.err << base::render(rows);
  return bad_input;
}

}  // namespace brightline::app
