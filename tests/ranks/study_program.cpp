// A small study, as a long search would be one: blocks of work for a crew, a checkpoint, and a document merged by block.
// Run by ranks_test.cpp, alone and under mpirun; rough words make a rank fail or die in the middle.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/problem.h"
#include "crew/crew.h"
#include "crew/launch.h"
#include "store/checkpoint.h"

namespace {

using namespace brightline;

struct Options {
  std::map<std::string, std::string> given;
  [[nodiscard]] long number(const std::string& name, long otherwise) const {
    const auto found = given.find(name);
    return found == given.end() ? otherwise : std::stol(found->second);
  }
  [[nodiscard]] std::string word(const std::string& name) const {
    const auto found = given.find(name);
    return found == given.end() ? std::string() : found->second;
  }
};

Options read(int argc, char** argv) {
  Options out;
  for (int i = 1; i + 1 < argc; i += 2) out.given[argv[i]] = argv[i + 1];
  return out;
}

/// A block's answer depends on its number alone; the time it takes on nothing that repeats.
crew::Work work_of(const Options& options, int rank, std::atomic<int>& done_here) {
  const long bytes = options.number("bytes", 1000);
  const long fails = options.number("fails", -1);
  const long dies = options.number("rank-dies", -1);
  return [=, &done_here](std::size_t block) {
    usleep(static_cast<useconds_t>(1000 + std::rand() % 3000));
    if (static_cast<long>(block) >= fails && fails >= 0) {
      base::refuse("study", fmt::format("block {} makes no sense", block), "ask another");
    }
    ++done_here;
    if (rank == dies && done_here > 3) raise(SIGKILL);
    std::string out = base::hash_hex(std::to_string(block), 64);
    while (static_cast<long>(out.size()) < bytes) out += out;
    return out.substr(0, static_cast<std::size_t>(bytes));
  };
}

int study(const Options& options, crew::Crew& crew, int rank) {
  const auto count = static_cast<std::size_t>(options.number("blocks", 40));
  std::atomic<int> done_here = 0;
  const crew::Work work = work_of(options, rank, done_here);
  std::map<std::size_t, std::string> answers;
  if (!crew.coordinates()) {
    crew::each_of(crew, 0, work, nullptr);
  } else {
    std::optional<store::Checkpoint> checkpoint;
    const std::string file = options.word("checkpoint");
    const std::string question = fmt::format("{} blocks of {} bytes", count, options.number("bytes", 1000));
    if (!file.empty()) checkpoint = store::Checkpoint::open(file, base::hash_hex(question), question, count);
    if (checkpoint) answers = checkpoint->finished();
    fmt::print(stderr, "resumed {}\n", answers.size());
    std::vector<std::size_t> open;
    for (std::size_t block = 0; block < count; ++block) {
      if (!answers.contains(block)) open.push_back(block);
    }
    const long coordinator_dies = options.number("coordinator-dies", -1);
    long told = 0;
    crew.each(open, work, [&](std::size_t block, std::string text) {
      if (checkpoint) checkpoint->record(block, text);
      if (++told == coordinator_dies) raise(SIGKILL);
      answers.emplace(block, std::move(text));
      return crew::Then::go_on;
    });
    std::string document;
    for (const auto& [block, text] : answers) document += fmt::format("{} {}\n", block, text);
    fmt::print("{} blocks, {} bytes, {}\n", answers.size(), document.size(), base::hash_hex(document, 64));
  }
  fmt::print(stderr, "rank {} of {} did {} blocks\n", rank, crew.ranks(), done_here.load());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read(argc, argv);
  const auto launch = crew::launched();
  const int rank = launch ? launch->rank.value_or(0) : 0;
  std::srand(static_cast<unsigned>(getpid()));
  try {
    const auto crew = crew::make(static_cast<int>(options.number("threads", 2)));
    return study(options, *crew, rank);
  } catch (const base::BadInput& bad) {
    std::fputs(bad.what(), stderr);
    return 2;
  } catch (const std::exception& other) {
    fmt::print(stderr, "{}\n", other.what());
    return 3;
  }
}
