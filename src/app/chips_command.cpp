#include "app/chips_command.h"

#include <algorithm>

#include "app/find_chip.h"
#include "report/chips_document.h"

namespace brightline::app {

namespace {

using report::Format;

std::string place_code(const std::string& text, const catalogue::Places& places, base::Problems& problems) {
  if (text.empty()) return {};
  if (const auto code = places.code(text)) return *code;
  problems.add({"--country", 0, 0, {}}, "'" + text + "' is no country", places.hint(text));
  return {};
}

// A maker by id, name or alias, whatever the case.
std::string maker_id(const std::string& text, const catalogue::Makers& makers, base::Problems& problems) {
  if (text.empty()) return {};
  const std::string wanted = catalogue::lower_case(text);
  std::vector<std::string> ids;
  for (const catalogue::Maker& maker : makers) {
    const auto called = [&](const std::string& name) { return catalogue::lower_case(name) == wanted; };
    if (called(maker.id) || called(maker.name) || std::ranges::any_of(maker.aliases, called)) return maker.id;
    ids.push_back(maker.id);
  }
  problems.add({"--maker", 0, 0, {}}, "there is no maker '" + text + "'", base::did_you_mean(wanted, ids));
  return {};
}

std::string known_line(const std::string& text, const catalogue::Catalogue& catalogue, base::Problems& problems) {
  if (text.empty()) return {};
  std::vector<std::string> lines;
  for (const chip::Accelerator& chip : catalogue.accelerators) {
    if (catalogue::lower_case(chip.product_line) == catalogue::lower_case(text)) return chip.product_line;
    if (!chip.product_line.empty() && std::ranges::find(lines, chip.product_line) == lines.end()) lines.push_back(chip.product_line);
  }
  problems.add({"--line", 0, 0, {}}, "there is no product line '" + text + "'", base::did_you_mean(text, lines));
  return {};
}

catalogue::Filter filter_of(const ChipsOptions& options, const catalogue::Catalogue& catalogue) {
  base::Problems problems;
  catalogue::Filter out;
  out.maker = maker_id(options.maker, catalogue.references.makers, problems);
  out.country = place_code(options.country, catalogue.references.places, problems);
  out.product_line = known_line(options.line, catalogue, problems);
  if (!options.segment.empty()) {
    out.segment = chip::id_in(chip::segments, options.segment);
    const std::string near = base::did_you_mean(options.segment, chip::names_in(chip::segments));
    if (!out.segment)
      problems.add({"--segment", 0, 0, {}}, "'" + options.segment + "' is no segment",
                   near.empty() ? "datacenter, workstation, consumer, edge, desktop" : near);
  }
  base::stop_at(problems);
  return out;
}

template <class Document, class AsTable, class Text>
void write(const ChipsOptions& options, Streams& streams, Document document, AsTable table, Text text) {
  const Format format = options.json ? Format::json : report::parse_format(options.format).value_or(Format::table);
  if (format == Format::json) {
    streams.out << document().dump() << "\n";
  } else if (format == Format::table) {
    streams.out << text();
  } else {
    streams.out << report::rendered(table(), format, streams.terminal);
  }
}

// Findings are questions about the data: they fail nothing.
void check(const ChipsOptions& options, const World& world, const report::ChipList& chips, Streams& streams) {
  base::Problems problems;
  const catalogue::Checks checks = catalogue::load_checks(world.data_directory, problems);
  base::stop_at(problems);
  std::vector<catalogue::Finding> findings;
  for (const chip::Accelerator* chip : chips) {
    for (catalogue::Finding& finding : catalogue::check_consistency(*chip, world.catalogue.references, checks))
      findings.push_back(std::move(finding));
  }
  write(
      options, streams, [&] { return report::findings_document(findings, chips.size()); }, [&] { return report::findings_table(findings); },
      [&] { return report::findings_text(findings, chips.size(), streams.terminal); });
}

}  // namespace

int run_chips(const ChipsOptions& options, Streams& streams) {
  const World world = load_world(options.places);
  if (options.id.empty()) {
    const report::ChipList chips = world.catalogue.filter(filter_of(options, world.catalogue));
    if (options.check) {
      check(options, world, chips, streams);
    } else {
      write(
          options, streams, [&] { return report::chips_document(world.catalogue, chips); },
          [&] { return report::chips_table(world.catalogue, chips); },
          [&] { return report::chips_text(world.catalogue, chips, streams.terminal); });
    }
    return done;
  }
  const chip::Accelerator chip = find_chip(options.id, world.catalogue, world.data_directory);
  if (options.check) {
    check(options, world, {&chip}, streams);
  } else {
    write(
        options, streams, [&] { return report::chip_document(world.catalogue, chip); },
        [&] { return report::chip_table(world.catalogue, chip); },
        [&] { return report::chip_text(world.catalogue, chip, streams.terminal); });
  }
  return done;
}

}  // namespace brightline::app
