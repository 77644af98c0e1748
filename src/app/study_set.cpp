#include "app/study_set.h"

#include <fmt/format.h>

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

std::vector<std::string> or_else(const std::vector<std::string>& given, const std::string& otherwise) { return given.empty() ? std::vector<std::string>{otherwise} : given; }

// What tells one set from another; the number of threads does not.
std::string question_text(const SearchOptions& o, const World& world, const std::vector<search::DesignAsk>& asks) {
  std::string out = fmt::format("law {} data {} program {}; objective {}, assume {}, resolution {:g}, budget {:g}, power {:g}, seconds {:g}, sweep {} {:g}; devices {:g} batch {:g} input {:g} output {:g} tp {:g} precision {}\n",
                                world.law.version, world.data_version, BRIGHTLINE_VERSION, o.objective, o.assume, o.resolution, o.budget, o.power, o.seconds, o.sweep, o.sample, o.wishes.devices,
                                o.wishes.batch, o.wishes.input, o.wishes.output, o.wishes.tp, o.wishes.precision);
  for (const search::DesignAsk& ask : asks) {
    std::string workloads;
    for (const std::string& one : ask.workloads) workloads += " " + one;
    std::string set;
    for (const auto& [word, value] : ask.transaction.set) set += " " + word + "=" + value;
    out += fmt::format("{} {} {} {}{} maker {} from {} hq {} action {} letters {} as {}{}\n", ask.space.id, ask.transaction.date.to_text(), search::wanted_name(ask.wanted), ask.transaction.destination, workloads,
                       ask.maker, ask.transaction.from, ask.transaction.headquarters, ask.transaction.action, ask.transaction.letters, static_cast<int>(ask.transaction.asked), set);
  }
  return out;
}

}  // namespace

std::vector<search::DesignAsk> asks_of(const SearchOptions& o, const World& world, const std::string& data_directory) {
  base::Problems problems;
  std::vector<search::Space> spaces;
  for (const std::string& name : or_else(o.spaces, "hopper-n4")) spaces.push_back(search::find_space(data_directory, name, problems));
  base::stop_at(problems);
  std::vector<std::vector<std::string>> workloads;
  if (o.each) {
    for (const std::string& one : o.workloads) workloads.push_back({one});
  }
  if (workloads.empty()) workloads.push_back(o.workloads);
  const auto objective = search::objective_named(o.objective);
  if (!objective) base::refuse("--objective", "'" + o.objective + "' is no objective", "performance, per-usd, per-watt or per-mm2");
  if (o.assume != "strict" && o.assume != "lenient") base::refuse("--assume", "'" + o.assume + "' is neither", "strict or lenient");
  std::vector<search::DesignAsk> out;
  for (const search::Space& space : spaces) {
    for (const std::string& day : or_else(o.days, o.transaction.on)) {
      for (const std::string& standing : or_else(o.standings, "none")) {
        for (const auto& group : workloads) {
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
  own.bound.threads = 1;
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
    if (interrupt.flag()) return crew::Then::stop;
    if (checkpoint) checkpoint->record(block, text);
    keep(block, text);
    ++done_now;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    progress.say(fmt::format("{} of {} studies, {:.1f} a second, {:.0f} s to go", asks.size() - blocks.size() + done_now, asks.size(), static_cast<double>(done_now) / seconds,
                             seconds / static_cast<double>(done_now) * static_cast<double>(blocks.size() - done_now)));
    return crew::Then::go_on;
  };
  crew->each(blocks, [&](std::size_t block) { return kept_text(answer_study(world, asks[block], own).study); }, told);
  return out;
}

}  // namespace brightline::app
