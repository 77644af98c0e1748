#include "app/boundary_command.h"

#include <filesystem>

#include "app/write_output.h"
#include "report/boundary_document.h"
#include "search/boundary.h"

namespace brightline::app {

namespace {

// Told before the work, not after it.
void check_folder(const std::string& path, const char* option) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, error)) base::refuse(option, "there is no folder '" + folder.string() + "' to write into", "make it first");
}

}  // namespace

int run_boundary(const BoundaryOptions& options, Streams& streams) {
  check_folder(options.svg, "--svg");
  check_folder(options.page, "--page");
  const World world = load_world(options.places);
  base::Problems problems;
  const search::Transaction transaction = read_transaction(options.transaction, world.catalogue.references, problems);
  base::stop_at(problems);
  for (const auto& [word, value] : transaction.set) {
    const auto at = world.law.vocabulary.find(word);
    const bool measured = at && world.law.vocabulary.words()[*at].of_item && world.law.vocabulary.words()[*at].type == law::WordType::number;
    if (measured) base::refuse("--set", "'" + word + "' measures a product, and boundary takes each product's own", "brightline judge takes it");
  }
  search::CodeBook codes(world.law);
  const search::Boundary boundary = search::draw_boundary(world.catalogue, codes, transaction, problems);
  base::stop_at(problems);
  if (!options.svg.empty()) write_output(options.svg, report::to_svg(report::boundary_chart(boundary)), "--svg");
  if (!options.page.empty()) write_output(options.page, report::boundary_page(boundary), "--page");
  const auto format = options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table);
  if (format == report::Format::json) {
    streams.out << report::boundary_document(boundary, {options.workloads, world.data_version, BRIGHTLINE_VERSION}).dump() << "\n";
  } else if (format == report::Format::table) {
    streams.out << report::boundary_text(boundary, streams.terminal);
  } else {
    streams.out << report::rendered(report::products_table(boundary, false), format, streams.terminal);
  }
  return done;
}

}  // namespace brightline::app
