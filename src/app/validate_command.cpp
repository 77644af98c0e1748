#include "app/validate_command.h"

#include <algorithm>
#include <filesystem>

#include "app/model_world.h"
#include "app/read_input.h"
#include "app/write_output.h"
#include "report/accuracy.h"
#include "report/validate_document.h"

namespace brightline::app {

namespace {

// A folder stands for the tables in it.
std::vector<std::string> files_of(const std::vector<std::string>& given) {
  std::vector<std::string> out;
  std::error_code error;
  for (const std::string& one : given) {
    if (!std::filesystem::is_directory(one, error)) {
      out.push_back(one);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : std::filesystem::directory_iterator(one, error)) {
      if (entry.path().extension() == ".csv") inside.push_back(entry.path().string());
    }
    std::ranges::sort(inside);
    if (inside.empty()) base::refuse(one, "there is no CSV file in this folder");
    out.insert(out.end(), inside.begin(), inside.end());
  }
  return out;
}

}  // namespace

int run_validate(const ValidateOptions& options, Streams& streams) {
  std::error_code error;
  if (!options.report.empty() && !std::filesystem::is_directory(options.report, error)) base::refuse("--report", "there is no folder '" + options.report + "'", "make it first");
  const std::vector<std::string> files = files_of(options.files);
  std::vector<measured::Table> tables;
  base::Problems problems;
  for (const std::string& file : files) {
    auto table = measured::read_table(input_name(file), read_input(file, streams.in));
    if (table) {
      tables.push_back(std::move(*table));
    } else if (std::ranges::find(options.files, file) == options.files.end() && table.error().message == measured::no_such_kind) {
      streams.err << "passed over " << file << ": " << table.error().message << "\n";  // a folder may hold other tables too
    } else {
      problems.add(table.error());
    }
  }
  base::stop_at(problems);
  if (tables.empty()) base::refuse(options.files.front(), "there is no table of measurements here");
  const ModelWorld world = load_model_world(options.places);
  std::vector<measured::Comparison> compared;
  for (const measured::Table& table : tables) compared.push_back(measured::compare(table, world.measured()));
  if (!options.report.empty()) {
    for (const report::AccuracyFile& file : report::accuracy_files(compared, world.calibration)) write_output(options.report + "/" + file.name, file.text, "--report");
  }
  const auto format = options.json ? report::Format::json : options.csv ? report::Format::csv : report::parse_format(options.format).value_or(report::Format::table);
  if (format == report::Format::json) {
    streams.out << report::validate_document(compared, options.rows).dump() << "\n";
  } else if (format == report::Format::table) {
    streams.out << report::validate_text(compared, streams.terminal);
    if (options.rows) streams.out << "\n" << report::to_screen(report::validate_table(compared), streams.terminal);
  } else {
    streams.out << report::rendered(report::validate_table(compared), format, streams.terminal);
  }
  return done;
}

}  // namespace brightline::app
