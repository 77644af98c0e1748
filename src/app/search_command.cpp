#include "app/search_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <thread>

#include "app/interrupt.h"
#include "app/progress.h"
#include "app/study_set.h"
#include "crew/launch.h"
#include "report/boundary_document.h"
#include "report/evidence.h"
#include "report/judge_document.h"
#include "report/study_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::app {

namespace {

constexpr double most_sample = 1e12;
constexpr double most_swept = 1e10;  // designs, all of a space: some ten minutes; beyond it a person says how many

void check(const SearchOptions& o) {
  const auto number = [](double value, const char* option, double least, double most) {
    const std::string range = least > 0 ? fmt::format("from {:g} to {:g}", least, most) : "above 0, at most " + report::grouped(fmt::format("{:.0f}", most));
    const bool within = value >= least && value <= most;  // what is no number is not
    if (!within) base::refuse(option, fmt::format("'{:g}' must be a number {}", value, range), "leave it out for the default");
  };
  const auto whole = [&](double value, const char* option, double most) {
    number(value, option, 0, most);
    if (value != std::floor(value)) base::refuse(option, fmt::format("'{:g}' must be a whole number", value), "leave it out for the default");
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
  if (o.threads > most_threads) base::refuse("--threads", fmt::format("must be at most {}", most_threads), "leave it out for all cores");
  if (o.sample > 0 && !o.sweep) base::refuse("--sample", "is how many designs a sweep looks at", "add --sweep");
  if (o.seconds > 0 && o.sweep) base::refuse("--seconds", "a sweep looks at so many designs, however long it takes", "say how many with --sample");
  if (!o.days.empty() && !o.transaction.on.empty()) base::refuse("--on", "the days are given with --days", "leave out one of them");
  if (!o.over.empty() && !o.sweep) base::refuse("--over", "is what the frontier of a sweep is drawn over", "add --sweep");
}

// What a design or its space says of itself; set for all of them it would be judged by what none of them has.
void check_set(const search::Transaction& transaction) {
  for (const auto& [word, value] : transaction.set) {
    const bool own = search::legal_word_named(word) || word == "performance_density" || word == "item_kind";
    if (own) base::refuse("--set", "'" + word + "' is each design's own", word == "datacenter" ? "a space says it: datacenter = false" : "brightline judge takes it");
  }
}

bool has_phase(const search::DesignQuestion& question, workload::Phase phase) {
  return std::ranges::any_of(question.tasks, [phase](const search::Task& task) { return task.phase == phase; });
}

// A frontier over what no workload has would be one of chance.
void check_over(const std::vector<search::Figure>& over, const search::DesignQuestion& question) {
  using search::Figure;
  using workload::Phase;
  for (const auto& [figure, phase] : {std::pair{Figure::prefill, Phase::prefill}, {Figure::decode, Phase::decode}, {Figure::training, Phase::train}}) {
    const bool asked = std::ranges::find(over, figure) != over.end();
    if (asked && !has_phase(question, phase)) base::refuse("--over", fmt::format("no workload asked for is one of {}", workload::phase_name(phase)), "add one with --workload");
  }
}

std::vector<search::Figure> figures_of(const std::vector<std::string>& names) {
  std::vector<search::Figure> out;
  for (const std::string& name : names) {
    const auto figure = search::figure_named(name);
    if (!figure) base::refuse("--over", "'" + name + "' is no figure", "prefill, decode, training, cost, energy, area or margin");
    if (std::ranges::find(out, *figure) != out.end()) base::refuse("--over", "'" + name + "' is named twice", "leave out one of them");
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

// One question with its region and its products.
base::Json document_of(const StudyWorld& world, const search::DesignAsk& ask, const report::BoundaryExtras& extras) {
  base::Problems problems;
  search::CodeBook codes(world.world->law);
  const search::Boundary boundary = search::draw_boundary(world.world->catalogue, codes, ask.transaction, problems);
  base::stop_at(problems);
  return report::boundary_document(boundary, extras);
}

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
    const std::string outside = report::outside_evidence(world.world->law, ask.transaction.date, ask.transaction.date);
    if (!outside.empty()) streams.out << report::paragraph(outside, streams.terminal.width);
    streams.out << streams.terminal.paint(report::Style::quiet, fmt::format("Law {}; data {}; {}. {}", world.world->law.version, world.world->data_version, report::route_text(ask.transaction), report::not_legal_advice)) << "\n";
  } else if (format == report::Format::json) {
    streams.out << document_of(world, ask, {workloads_of(study), world.world->data_version, BRIGHTLINE_VERSION, {&study}, 1, nullptr}).dump() << "\n";
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

double figure_of(const base::Json& document, const char* part, const char* key) {
  const base::Json* const of = document.find(part);
  const base::Json* const value = of != nullptr ? of->find(key) : nullptr;
  if (value == nullptr) return 0;
  if (const auto* whole = std::get_if<std::int64_t>(&value->value())) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&value->value());
  return real != nullptr ? *real : 0;
}

// What the studies took together; rates are those of the studies, by what each had to do.
base::Json effort_of(const std::vector<base::Json>& documents, double seconds, unsigned threads, int ranks) {
  base::Json out = base::Json::object();
  for (const char* key : {"designs_in_space", "designs_judged", "designs_evaluated", "boxes", "proof_leaves"}) {
    double sum = 0;
    for (const base::Json& one : documents) sum += figure_of(one, "effort", key);
    out.set(key, sum < 9e18 ? base::Json(static_cast<std::int64_t>(sum)) : base::Json(sum));
  }
  out.set("seconds", seconds);
  for (const auto& [key, counted] : {std::pair{"designs_per_second", "designs_evaluated"}, {"designs_judged_per_second", "designs_judged"}}) {
    double count = 0;
    double taken = 0;
    for (const base::Json& one : documents) {
      const double rate = figure_of(one, "effort", key);
      if (!(rate > 0)) continue;
      count += figure_of(one, "effort", counted);
      taken += figure_of(one, "effort", counted) / rate;
    }
    out.set(key, taken > 0 ? count / taken : 0);
  }
  return out.set("threads", static_cast<std::int64_t>(threads)).set("ranks", ranks);
}

// Of all studies: the widest gap, and whether each is proven.
base::Json certificate_of(const std::vector<base::Json>& documents, bool whole) {
  bool proven = whole;
  base::Json gap = whole ? base::Json(0) : base::Json();
  double widest = 0;
  for (const base::Json& one : documents) {
    const base::Json* const certificate = one.find("certificate");
    const base::Json* const own = certificate->find("gap");
    proven = proven && std::get<bool>(certificate->find("proven")->value());
    if (std::holds_alternative<std::monostate>(own->value())) gap = base::Json();
    widest = std::max(widest, figure_of(one, "certificate", "gap"));
  }
  if (!std::holds_alternative<std::monostate>(gap.value())) gap = base::Json(widest);
  base::Json out = base::Json::object();
  return out.set("bound", base::Json()).set("gap", std::move(gap)).set("proven", proven).set("says", "each study has a certificate of its own; the gap is the widest of them");
}

int answer_many(const SearchOptions& o, const StudyWorld& world, const std::vector<search::DesignAsk>& asks, const search::StudyLimits& limits, Streams& streams) {
  const auto begin = std::chrono::steady_clock::now();
  const StudySetAnswer answer = run_set(o, world, asks, limits, streams);
  if (!answer.coordinates) return done;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::size_t finished = 0;
  std::vector<base::Json> documents;
  for (const base::Json& one : answer.kept) {
    const base::Json* document = one.find("document");
    finished += document != nullptr ? 1 : 0;
    if (document != nullptr) documents.push_back(*document);
  }
  const report::Format format = format_of(o);
  const bool found = std::ranges::any_of(documents, [](const base::Json& one) { return one.find("designs")->size() > 0; });
  if (format == report::Format::json && asks.size() == 1 && finished == 1) {
    const search::DesignAsk& ask = asks.front();
    streams.out << document_of(world, ask, {ask.workloads.empty() ? ask.space.workloads : ask.workloads, world.world->data_version, BRIGHTLINE_VERSION, {}, answer.ranks, &documents.front()}).dump() << "\n";
  } else if (format == report::Format::json) {
    base::Json effort = effort_of(documents, seconds, limits.bound.threads, answer.ranks);
    effort.set("studies", asks.size()).set("finished", finished);
    base::Json certificate = certificate_of(documents, finished == asks.size());
    base::Json provenance = base::Json::object();
    provenance.set("law_version", world.world->law.version).set("data_version", world.world->data_version).set("program_version", BRIGHTLINE_VERSION);
    base::Json out = base::Json::object();
    out.set("studies", base::Json(base::Json::List(std::move(documents)))).set("certificate", std::move(certificate)).set("effort", std::move(effort)).set("provenance", std::move(provenance)).set("notice", report::not_legal_advice);
    streams.out << out.dump() << "\n";
  } else {
    streams.out << report::rendered(table_of(answer.kept), format, streams.terminal);
  }
  if (finished < asks.size()) streams.err << fmt::format("{} of {} studies are finished{}\n", finished, asks.size(), o.resume.empty() ? "; --resume FILE keeps them" : "; the same command goes on from there");
  return finished == asks.size() && found ? done : answered_no;
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

// Nobody waits for a sweep of all of a large space.
void check_sweep(const SearchOptions& o, const search::Space& space) {
  const auto size = static_cast<double>(space.size());
  if (o.sweep && o.sample <= 0 && size > most_swept) base::refuse("--sweep", fmt::format("{} has {:.2g} designs, too many to look at each", space.id, size), "say how many with --sample 20000000, or leave --sweep out: the best is proven without looking at each");
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
  check_over(limits.over, out.asked->question);
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
  for (const search::DesignAsk& ask : asks) {
    check_set(ask.transaction);
    check_sweep(options, ask.space);
  }
  const bool alone = asks.size() == 1 && options.resume.empty() && !crew::launched();
  return alone ? answer_one(options, both, asks.front(), limits, streams) : answer_many(options, both, asks, limits, streams);
}

}  // namespace brightline::app
