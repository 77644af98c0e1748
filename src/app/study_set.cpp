#include "app/study_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/interrupt.h"
#include "app/progress.h"
#include "base/hash.h"
#include "crew/crew.h"
#include "report/study_document.h"
#include "store/checkpoint.h"

namespace brightline::app {

namespace {

search::WantedStanding standing_named(const std::string& name) {
  const auto found = search::wanted_named(name);
  if (!found) base::refuse("--standing", "'" + name + "' is no standing", "none, notify or licensable");
  return *found;
}

template <class Values>
void refuse_twice(const Values& values, const char* option) {
  for (auto at = values.begin(); at != values.end(); ++at) {
    if (std::find(values.begin(), at, *at) != at) base::refuse(option, "'" + *at + "' is named twice", "leave out one of them");
  }
}

// Everything of a space that an answer depends on: a file may change under its name.
std::string space_text(const search::Space& space) {
  std::string out = fmt::format("{} '{}' of {} on {} and {}, datacenter {}, {} W, {} mm2;", space.id, space.name, space.reference, space.node, space.io_node, space.datacenter, space.most_power, space.most_die);
  for (const std::string& one : space.memory_types) out += " " + one;
  for (const std::string& one : space.workloads) out += " " + one;
  for (const auto& values : space.values) {
    out += ";";
    for (const double value : values) out += fmt::format(" {}", value);
  }
  return base::hash_hex(out);
}

std::vector<std::string> or_else(const std::vector<std::string>& given, const std::string& otherwise) { return given.empty() ? std::vector<std::string>{otherwise} : given; }

// The workloads of each study.
std::vector<std::vector<std::string>> groups_of(const SearchOptions& o, const search::Space& space) {
  if (!o.each) return {o.workloads};
  std::vector<std::vector<std::string>> out;
  for (const std::string& one : o.workloads.empty() ? space.workloads : o.workloads) out.push_back({one});
  return out.empty() ? std::vector<std::vector<std::string>>{{}} : out;
}

// What tells one set from another; the number of threads does not.
std::string question_text(const SearchOptions& o, const World& world, const std::vector<search::DesignAsk>& asks) {
  std::string out = fmt::format("law {} data {} program {}; objective {}, assume {}, resolution {}, budget {}, power {}, seconds {}, sweep {} {}; devices {} batch {} input {} output {} tp {} precision {}; over",
                                world.law.version, world.data_version, BRIGHTLINE_VERSION, o.objective, o.assume, o.resolution, o.budget, o.power, o.seconds, o.sweep, o.sample, o.wishes.devices,
                                o.wishes.batch, o.wishes.input, o.wishes.output, o.wishes.tp, o.wishes.precision);
  for (const std::string& figure : o.over) out += " " + figure;
  out += "\n";
  for (const search::DesignAsk& ask : asks) {
    std::string workloads;
    for (const std::string& one : ask.workloads) workloads += " " + one;
    std::string set;
    for (const auto& [word, value] : ask.transaction.set) set += " " + word + "=" + value;
    out += fmt::format("{} [{}] {} {} {}{} maker {} from {} hq {} parent {} action {} letters {} as {}{}\n", ask.space.id, space_text(ask.space), ask.transaction.date.to_text(), search::wanted_name(ask.wanted), ask.transaction.destination, workloads,
                       ask.maker, ask.transaction.from, ask.transaction.headquarters, ask.transaction.ultimate_parent, ask.transaction.action, ask.transaction.letters, static_cast<int>(ask.transaction.asked), set);
  }
  return out;
}

}  // namespace

std::vector<search::DesignAsk> asks_of(const SearchOptions& o, const World& world, const std::string& data_directory) {
  base::Problems problems;
  std::vector<search::Space> spaces;
  for (const std::string& name : or_else(o.spaces, "hopper-n4")) spaces.push_back(search::find_space(data_directory, name, problems));
  base::stop_at(problems);
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (spaces[i].id == spaces[j].id) base::refuse("--space", "two spaces are called '" + spaces[i].id + "'", "leave out one of them, or give it an id of its own");
    }
  }
  refuse_twice(o.workloads, "--workload");
  refuse_twice(o.standings, "--standing");
  refuse_twice(o.days, "--days");
  for (const std::string& day : o.days) {
    if (day != "today" && !base::Date::parse(day)) base::refuse("--days", "'" + day + "' is no day", "write it as 2024-01-15");
  }
  const auto objective = search::objective_named(o.objective);
  if (!objective) base::refuse("--objective", "'" + o.objective + "' is no objective", "performance, per-usd, per-watt or per-mm2");
  if (o.assume != "strict" && o.assume != "lenient") base::refuse("--assume", "'" + o.assume + "' is neither", "strict or lenient");
  std::vector<search::DesignAsk> out;
  for (const search::Space& space : spaces) {
    for (const std::string& day : or_else(o.days, o.transaction.on)) {
      for (const std::string& standing : or_else(o.standings, "none")) {
        for (const auto& group : groups_of(o, space)) {
          TransactionOptions transaction = o.transaction;
          transaction.on = day;
          search::DesignAsk ask;
          ask.space = space;
          ask.transaction = read_transaction(transaction, world.catalogue.references, problems);
          ask.wanted = standing_named(standing);
          ask.assume = o.assume == "strict" ? search::Assume::strict : search::Assume::lenient;
          ask.maker = o.transaction.maker;
          ask.workloads = group;
          ask.wishes = o.wishes;
          ask.objective = *objective;
          ask.most_power = o.power;
          ask.most_cost = o.budget;
          ask.resolution = o.resolution;
          out.push_back(std::move(ask));
        }
      }
    }
  }
  base::stop_at(problems);
  return out;
}

std::string kept_text(const search::Study& study) {
  const std::array<const search::Study*, 1> alone{&study};
  base::Json out = base::Json::object();
  out.set("document", report::study_document(study)).set("rows", report::to_json(report::designs_table(alone)));
  return out.dump();
}

StudySetAnswer run_set(const SearchOptions& options, const StudyWorld& world, const std::vector<search::DesignAsk>& asks, const search::StudyLimits& limits, Streams& streams) {
  const std::unique_ptr<crew::Crew> crew = crew::make(static_cast<int>(limits.bound.threads));
  StudySetAnswer out;
  out.kept.resize(asks.size());
  out.ranks = crew->ranks();
  out.coordinates = crew->coordinates();
  const Interrupt interrupt;
  search::StudyLimits own = limits;  // a study is one worker's
  const auto each = static_cast<unsigned>((asks.size() + static_cast<std::size_t>(out.ranks) - 1) / static_cast<std::size_t>(out.ranks));  // of a process
  own.bound.threads = std::max(1U, limits.bound.threads / std::max(1U, each));
  own.bound.stop = &interrupt.flag();
  std::optional<store::Checkpoint> checkpoint;
  std::set<std::size_t> left;
  for (std::size_t i = 0; i < asks.size(); ++i) left.insert(i);
  const auto keep = [&](std::size_t block, const std::string& text) {
    auto json = base::Json::parse(text, options.resume.empty() ? "an answer" : options.resume);
    if (!json) throw base::BadInput({json.error()});
    out.kept[block] = std::move(*json);
  };
  if (out.coordinates && !options.resume.empty()) {
    const std::string question = question_text(options, *world.world, asks);
    checkpoint = store::Checkpoint::open(options.resume, base::hash_hex(question, 64), question, asks.size());
    for (const auto& [block, text] : checkpoint->finished()) {
      keep(block, text);
      left.erase(block);
    }
    if (left.size() < asks.size()) streams.err << fmt::format("{} of {} studies were finished before\n", asks.size() - left.size(), asks.size());
  }
  Progress progress(streams.err);
  const std::vector<std::size_t> blocks(left.begin(), left.end());
  std::size_t done_now = 0;
  const auto begin = std::chrono::steady_clock::now();
  const auto told = [&](std::size_t block, const std::string& text) {
    if (interrupt.flag() || text.empty()) return crew::Then::stop;
    if (checkpoint) checkpoint->record(block, text);
    keep(block, text);
    ++done_now;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    progress.say(fmt::format("{} of {} studies, {:.1f} a second, {:.0f} s to go", asks.size() - blocks.size() + done_now, asks.size(), static_cast<double>(done_now) / seconds,
                             seconds / static_cast<double>(done_now) * static_cast<double>(blocks.size() - done_now)));
    return crew::Then::go_on;
  };
  crew->each(
      blocks,
      [&](std::size_t block) {
        const OwnedStudy answered = answer_study(world, asks[block], own);
        return interrupt.flag() ? std::string() : kept_text(answered.study);  // what was broken off is not kept
      },
      told);
  return out;
}

}  // namespace brightline::app
