#include "app/boundary_command.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "app/interrupt.h"
#include "app/progress.h"
#include "app/stored.h"
#include "app/study_set.h"
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

report::Format format_of(const BoundaryOptions& options) { return options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table); }

// Rows are of products: there the designs would not be seen.
bool wants_designs(const BoundaryOptions& options) {
  const report::Format format = format_of(options);
  return !options.no_designs && (format == report::Format::json || format == report::Format::table);
}

// The best that may be built with nothing required, after notice, and with a licence. They point into the model's world.
std::vector<OwnedStudy> design(const BoundaryOptions& options, const World& world, const ModelWorld& model, Streams& streams) {
  SearchOptions o;
  o.transaction = options.transaction;
  o.spaces = {options.space};
  o.workloads = options.workloads;
  o.standings = {"none", "notify", "licensable"};
  const Interrupt interrupt;
  Progress progress(streams.err);
  search::StudyLimits limits;
  limits.bound.threads = threads_of(options.threads);
  limits.bound.stop = &interrupt.flag();
  std::vector<OwnedStudy> out;
  for (const search::DesignAsk& ask : asks_of(o, world, model.data_directory)) {
    limits.bound.progress = [&](const search::BoundProgress& p) { progress.say(std::string(search::wanted_name(ask.wanted)) + ": " + bound_line(p, ask.resolution)); };
    out.push_back(answer_study({&world, &model}, ask, limits));
  }
  return out;
}

std::string answer(const BoundaryOptions& options, const World& world, const search::Transaction& transaction, Streams& streams, bool& whole) {
  base::Problems problems;
  search::CodeBook codes(world.law);
  const search::Boundary boundary = search::draw_boundary(world.catalogue, codes, transaction, problems);
  base::stop_at(problems);
  std::optional<ModelWorld> model;
  if (wants_designs(options)) model = load_model_world(options.places);
  const std::vector<OwnedStudy> owned = model ? design(options, world, *model, streams) : std::vector<OwnedStudy>();
  std::vector<const search::Study*> studies;
  for (const OwnedStudy& one : owned) {
    studies.push_back(&one.study);
    whole &= !one.study.stopped;
  }
  if (!options.svg.empty()) write_output(options.svg, report::to_svg(report::boundary_chart(boundary)), "--svg");
  if (!options.page.empty()) write_output(options.page, report::boundary_page(boundary), "--page");
  const report::Format format = format_of(options);
  const std::vector<std::string> workloads = owned.empty() ? options.workloads : workloads_of(owned.front().study);
  if (format == report::Format::json) return report::boundary_document(boundary, {workloads, world.data_version, BRIGHTLINE_VERSION, studies, 1}).dump() + "\n";
  if (format == report::Format::table) return report::boundary_text(boundary, streams.terminal, studies);
  return report::rendered(report::products_table(boundary, false), format, streams.terminal);
}

// All that the answer depends on besides law, data and program.
std::string question_text(const BoundaryOptions& options, const search::Transaction& t, const report::Terminal& terminal) {
  std::string out = fmt::format("boundary --to {} --on {} --from {} --hq {} --parent {} --action {} as {} letters {}", t.destination, t.date.to_text(), t.from, t.headquarters, t.ultimate_parent, t.action, static_cast<int>(t.asked), t.letters);
  for (const auto& [word, value] : t.set) out += fmt::format(" --set {}={}", word, value);
  for (const std::string& workload : options.workloads) out += " --workload " + workload;
  out += fmt::format(" --space {} designs {}", options.space, wants_designs(options));
  const bool table = format_of(options) == report::Format::table;
  return out + (options.json ? " as json" : " as " + options.format) + (table ? fmt::format(" {} columns, colour {}", terminal.width, terminal.colour) : "");
}

}  // namespace

int run_boundary(const BoundaryOptions& options, Streams& streams) {
  if (options.threads > most_threads) base::refuse("--threads", fmt::format("must be at most {}", most_threads), "leave it out for all cores");
  if (!options.svg.empty() && options.svg == options.page) base::refuse("--page", "'" + options.page + "' is the file of --svg too", "name two files");
  check_folder(options.svg, "--svg");
  check_folder(options.page, "--page");
  const World world = load_world(options.places);
  base::Problems problems;
  const search::Transaction transaction = read_transaction(options.transaction, world.catalogue.references, problems);
  base::stop_at(problems);
  for (const auto& [word, value] : transaction.set) {
    const auto at = world.law.vocabulary.find(word);
    const bool measured = at && world.law.vocabulary.words()[*at].of_item && world.law.vocabulary.words()[*at].type == law::WordType::number;
    // Designs state what a product may leave open.
    const bool of_designs = wants_designs(options) && (search::legal_word_named(word) || word == "item_kind");
    if (!measured && of_designs) base::refuse("--set", "'" + word + "' is each design's own", "add --no-designs for the region and the products alone");
    if (measured) base::refuse("--set", "'" + word + "' measures a product, and boundary takes each product's own", "brightline judge takes it");
  }
  // A file is made for whoever asks; only what is printed is kept, and a space of one's own may change under its name.
  const bool keep = wants_designs(options) && options.svg.empty() && options.page.empty() && !std::filesystem::exists(options.space);
  Stored stored(keep, world, question_text(options, transaction, streams.terminal), streams.err);
  if (const auto known = options.fresh ? std::nullopt : stored.find()) {
    streams.out << *known;
    return done;
  }
  bool whole = true;
  const std::string text = answer(options, world, transaction, streams, whole);
  streams.out << text;
  if (whole) stored.keep(text);
  return done;
}

}  // namespace brightline::app
