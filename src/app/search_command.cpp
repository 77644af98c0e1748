#include "app/search_command.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <thread>

#include "app/interrupt.h"
#include "app/progress.h"
#include "app/study_set.h"
#include "crew/launch.h"
#include "report/boundary_document.h"
#include "report/judge_document.h"
#include "report/study_document.h"

namespace brightline::app {

namespace {

constexpr double most_sample = 1e12;

void check(const SearchOptions& o) {
  const auto number = [](double value, const char* option, double least, double most) {
    if (!(value >= least && value <= most)) base::refuse(option, fmt::format("'{:g}' must be a number from {:g} to {:g}", value, least, most));
  };
  const auto whole = [&](double value, const char* option, double most) {
    number(value, option, 0, most);
    if (value != std::floor(value)) base::refuse(option, fmt::format("'{:g}' must be a whole number", value));
  };
  number(o.budget, "--budget", 0, 1e9);
  number(o.power, "--power", 0, 1e6);
  number(o.seconds, "--seconds", 0, 1e7);
  number(o.resolution, "--resolution", 1e-9, 0.1);
  whole(o.wishes.devices, "--devices", 1e6);
  whole(o.wishes.batch, "--batch", 1e6);
  whole(o.wishes.input, "--input", 1e7);
  whole(o.wishes.output, "--output", 1e7);
  whole(o.wishes.tp, "--tp", 1e4);
  whole(o.sample, "--sample", most_sample);
  if (o.threads > 1024) base::refuse("--threads", "must be at most 1024");
  if (o.sample > 0 && !o.sweep) base::refuse("--sample", "is how many designs a sweep looks at", "add --sweep");
  if (!o.over.empty() && !o.sweep) base::refuse("--over", "is what the frontier of a sweep is drawn over", "add --sweep");
}

std::vector<search::Figure> figures_of(const std::vector<std::string>& names) {
  std::vector<search::Figure> out;
  for (const std::string& name : names) {
    const auto figure = search::figure_named(name);
    if (!figure) base::refuse("--over", "'" + name + "' is no figure", "prefill, decode, training, cost, energy, area or margin");
    out.push_back(*figure);
  }
  return out;
}

search::StudyLimits limits_of(const SearchOptions& o) {
  search::StudyLimits out;
  out.bound.threads = threads_of(o.threads);
  out.bound.most_seconds = o.seconds;
  out.sweep = o.sweep;
  if (o.sweep) out.sample = static_cast<std::uint64_t>(o.sample);
  out.over = figures_of(o.over);
  return out;
}

report::Format format_of(const SearchOptions& o) { return o.json ? report::Format::json : report::parse_format(o.format).value_or(report::Format::table); }

// One question: with its region and the products beside it, as `boundary` has them.
int answer_one(const SearchOptions& o, const StudyWorld& world, const search::DesignAsk& ask, search::StudyLimits limits, Streams& streams) {
  const Interrupt interrupt;
  Progress progress(streams.err);
  limits.bound.stop = &interrupt.flag();
  limits.bound.progress = [&](const search::BoundProgress& p) { progress.say(bound_line(p, ask.resolution)); };
  limits.swept = [&](double share, const search::SweepResult& found) {
    progress.say(fmt::format("{:.0f} % of the designs, {} evaluated, frontier of {}", share * 100, found.evaluated, found.frontier.size()));
  };
  const OwnedStudy answered = answer_study(world, ask, limits);
  const search::Study& study = answered.study;
  const report::Format format = format_of(o);
  const std::array<const search::Study*, 1> alone{&study};
  if (format == report::Format::table) {
    streams.out << report::study_text(study, streams.terminal);
    streams.out << streams.terminal.paint(report::Style::quiet, fmt::format("Law {}; data {}; {}. {}", world.world->law.version, world.world->data_version, report::route_text(ask.transaction), report::not_legal_advice)) << "\n";
  } else if (format == report::Format::json) {
    base::Problems problems;
    search::CodeBook codes(world.world->law);
    const search::Boundary boundary = search::draw_boundary(world.world->catalogue, codes, ask.transaction, problems);
    base::stop_at(problems);
    streams.out << report::boundary_document(boundary, {workloads_of(study), world.world->data_version, BRIGHTLINE_VERSION, {&study}, 1}).dump() << "\n";
  } else {
    streams.out << report::rendered(report::designs_table(alone), format, streams.terminal);
  }
  return study.finalists.empty() ? answered_no : done;
}

// The rows of studies that were kept as documents.
report::Table table_of(const std::vector<base::Json>& kept) {
  report::Table table = report::designs_table({});
  for (const base::Json& one : kept) {
    const base::Json* rows = one.find("rows");
    if (rows == nullptr) continue;
    for (const base::Json& row : std::get<base::Json::List>(rows->value())) {
      std::vector<report::Cell> cells;
      for (const report::Column& column : table.columns) {
        const base::Json* value = row.find(column.key);
        const auto* text = value != nullptr ? std::get_if<std::string>(&value->value()) : nullptr;
        cells.push_back(text != nullptr ? report::Cell(*text) : value != nullptr ? report::Cell(value->dump(-1), report::Style::plain, *value) : report::Cell());
      }
      table.add(std::move(cells));
    }
  }
  return table;
}

int answer_many(const SearchOptions& o, const StudyWorld& world, const std::vector<search::DesignAsk>& asks, const search::StudyLimits& limits, Streams& streams) {
  const auto begin = std::chrono::steady_clock::now();
  const StudySetAnswer answer = run_set(o, world, asks, limits, streams);
  if (!answer.coordinates) return done;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::size_t finished = 0;
  base::Json studies = base::Json::list();
  for (const base::Json& one : answer.kept) {
    const base::Json* document = one.find("document");
    finished += document != nullptr ? 1 : 0;
    if (document != nullptr) studies.push(*document);
  }
  const report::Format format = format_of(o);
  if (format == report::Format::json) {
    base::Json effort = base::Json::object();
    effort.set("studies", asks.size()).set("finished", finished).set("seconds", seconds).set("threads", static_cast<std::int64_t>(limits.bound.threads)).set("ranks", answer.ranks);
    base::Json provenance = base::Json::object();
    provenance.set("law_version", world.world->law.version).set("data_version", world.world->data_version).set("program_version", BRIGHTLINE_VERSION);
    base::Json out = base::Json::object();
    out.set("studies", std::move(studies)).set("effort", std::move(effort)).set("provenance", std::move(provenance)).set("notice", report::not_legal_advice);
    streams.out << out.dump() << "\n";
  } else {
    streams.out << report::rendered(table_of(answer.kept), format, streams.terminal);
  }
  if (finished < asks.size()) streams.err << fmt::format("{} of {} studies are finished{}\n", finished, asks.size(), o.resume.empty() ? "; --resume FILE keeps them" : "; the same command goes on from there");
  return finished == asks.size() ? done : answered_no;
}

}  // namespace

std::string bound_line(const search::BoundProgress& p, double resolution) {
  const bool found = p.best.score != search::no_score;
  const std::string gap = found && p.bound < std::numeric_limits<search::Score>::max() ? fmt::format("{:.2g} %", 100 * std::expm1(static_cast<double>(p.bound - p.best.score) * resolution)) : "unknown";
  const std::string best = found ? fmt::format("{:.4g}x the reference", std::exp(static_cast<double>(p.best.score) * resolution)) : "nothing yet";
  return fmt::format("{:.0f} s: {} boxes ({:.0f} a second), {} open, best {}, gap {}", p.seconds, p.boxes, static_cast<double>(p.boxes) / std::max(p.seconds, 1e-3), p.open, best, gap);
}

std::vector<std::string> workloads_of(const search::Study& study) {
  std::vector<std::string> out;
  for (const search::Task& task : study.asked->question.tasks) out.push_back(task.id);
  return out;
}

unsigned threads_of(unsigned wished) { return wished > 0 ? wished : std::max(1U, std::thread::hardware_concurrency()); }

OwnedStudy answer_study(const StudyWorld& world, const search::DesignAsk& ask, const search::StudyLimits& limits) {
  base::Problems problems;
  const ModelWorld& m = *world.model;
  OwnedStudy out;
  out.codes = std::make_unique<search::CodeBook>(world.world->law);
  search::CodeBook& codes = *out.codes;
  const search::DesignWorld designs{&m.catalogue, &m.families, {&m.calibration, &m.softwares, &m.clusters, &m.models}};
  out.asked = search::make_case(designs, codes, ask, problems);
  base::stop_at(problems);
  search::Transaction of_products = ask.transaction;  // the maker asked about is not the maker of the catalogue's chips
  std::erase_if(of_products.set, [](const auto& entry) { return entry.first == "maker"; });
  auto products = search::judge_all(m.catalogue, codes, of_products, problems);
  base::stop_at(problems);
  out.study = search::run_study(*out.asked, m.catalogue, std::move(products), limits, problems);
  base::stop_at(problems);
  return out;
}

int run_search(const SearchOptions& options, Streams& streams) {
  check(options);
  const World world = load_world(options.places);
  const ModelWorld model = load_model_world(options.places);
  const StudyWorld both{&world, &model};
  const std::vector<search::DesignAsk> asks = asks_of(options, world, model.data_directory);
  const search::StudyLimits limits = limits_of(options);
  const bool alone = asks.size() == 1 && options.resume.empty() && !crew::launched();
  return alone ? answer_one(options, both, asks.front(), limits, streams) : answer_many(options, both, asks, limits, streams);
}

}  // namespace brightline::app
