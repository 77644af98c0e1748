// Are the documents of the program itself the same whatever the hands, and does a killed set of studies go on?
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <vector>

#include "ranks/ranks.h"

namespace brightline::tests {
namespace {

using nlohmann::json;
const std::string spaces = BRIGHTLINE_ROOT "/tests/spaces/";
const std::string many = "search --space " + spaces + "small.toml," + spaces + "pair.toml --days 2024-01-15,2025-06-15 --standing notify --json";
const std::string one = "search --space " + spaces + "pair.toml --workload llama3-8b-decode,llama3-8b-prefill --on 2025-06-15 --standing notify --json";

json without_effort(json value) {
  if (!value.is_structured()) return value;
  if (value.is_object()) value.erase("effort");
  for (auto& part : value) part = without_effort(part);
  return value;
}

class SearchRanks : public Ranks {
 protected:
  [[nodiscard]] json search(int ranks, const std::string& question) const {
    const Ran ran = run(ranks, question, BRIGHTLINE_PROGRAM);
    EXPECT_EQ(ran.code, 0) << ran.err;
    const json document = json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << ran.out.substr(0, 200) << ran.err;
    if (document.is_discarded()) return {};
    EXPECT_EQ(document["effort"]["ranks"], std::max(1, ranks));
    return without_effort(document);
  }
};

TEST_F(SearchRanks, ManyStudiesDoNotDependOnTheHands) {
  const json alone = search(0, many + " --threads 1");
  ASSERT_EQ(alone["studies"].size(), 4U);
  for (const int threads : {2, 3}) EXPECT_EQ(search(0, many + fmt::format(" --threads {}", threads)), alone);
  for (const int ranks : {1, 2, 3}) EXPECT_EQ(search(ranks, many + " --threads 2"), alone) << ranks << " ranks";
}

TEST_F(SearchRanks, OneQuestionDoesNotDependOnTheHands) {
  const json alone = search(0, one + " --threads 1");
  for (const char* key : {"law", "region", "products", "designs", "certificate", "provenance"}) EXPECT_TRUE(alone.contains(key)) << key;
  for (const int threads : {2, 3}) EXPECT_EQ(search(0, one + fmt::format(" --threads {}", threads)), alone);
  for (const int ranks : {1, 2, 3}) EXPECT_EQ(search(ranks, one + " --threads 1"), alone) << ranks << " ranks";
  const std::string kept = " --resume " + (scratch_ / "one").string();
  EXPECT_EQ(search(0, one + kept), alone);
  EXPECT_EQ(search(0, one + kept), alone);  // from the file
}

TEST_F(SearchRanks, BadInputIsToldByAll) {
  const Ran ran = run(2, "search --space nowhere", BRIGHTLINE_PROGRAM);
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("there is no space 'nowhere'"), std::string::npos) << ran.err;
}

/// Runs the program and kills it when the file of finished studies has begun to hold some.
void run_and_kill(const std::string& options, const fs::path& kept) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<std::string> words{BRIGHTLINE_PROGRAM};
    for (std::size_t at = 0; at < options.size();) {
      const std::size_t end = std::min(options.find(' ', at), options.size());
      words.push_back(options.substr(at, end - at));
      at = end + 1;
    }
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    if (freopen("/dev/null", "w", stdout) == nullptr || freopen("/dev/null", "w", stderr) == nullptr) _exit(127);
    execv(argv[0], argv.data());
    _exit(127);
  }
  const fs::path log = kept.string() + "-wal";
  std::error_code error;
  for (int i = 0; i < 3000; ++i) {  // a study that is kept makes the log grow by far more than the question does
    const auto size = fs::file_size(log, error);
    if (!error && size > 80'000) break;
    if (waitpid(child, nullptr, WNOHANG) == child) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

TEST_F(SearchRanks, KilledInTheMiddleItGoesOn) {
  const std::string days = "2022-12-01,2023-06-01,2023-12-01,2024-01-15,2024-06-15,2025-01-20,2025-06-15,2026-01-15,2026-09-01";
  const std::string set = "search --space " + spaces + "small.toml," + spaces + "pair.toml --days " + days + " --standing none,notify,licensable --threads 1 --json";
  const json whole = search(0, set);
  const fs::path kept = scratch_ / "studies";
  run_and_kill(set + " --resume " + kept.string(), kept);
  const Ran resumed = run(2, set + " --resume " + kept.string(), BRIGHTLINE_PROGRAM);
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(without_effort(json::parse(resumed.out)), whole);
  const auto at = resumed.err.find(" of 54 studies were finished before");
  ASSERT_NE(at, std::string::npos) << resumed.err;
  const std::size_t line = resumed.err.rfind('\n', at);
  const int before = std::stoi(resumed.err.substr(line == std::string::npos ? 0 : line + 1));
  EXPECT_GT(before, 0);
  EXPECT_LT(before, 54);
  const Ran again = run(0, set + " --resume " + kept.string(), BRIGHTLINE_PROGRAM);
  EXPECT_NE(again.err.find("54 of 54 studies were finished before"), std::string::npos) << again.err;
  EXPECT_EQ(without_effort(json::parse(again.out)), whole);
}

TEST_F(SearchRanks, AFileOfAnotherQuestionIsRefused) {
  const std::string kept = " --resume " + (scratch_ / "studies").string();
  EXPECT_EQ(run(0, many + kept, BRIGHTLINE_PROGRAM).code, 0);
  for (const char* more : {" --budget 3000", " --to AE", " --batch 16", " --objective per-usd", " --no-letters", " --parent DE"}) {
    const Ran ran = run(0, many + more + kept, BRIGHTLINE_PROGRAM);
    EXPECT_EQ(ran.code, 2) << more;
    EXPECT_NE(ran.err.find("the checkpoint is of another question"), std::string::npos) << more << ran.err;
  }
  // a space that has changed under its name
  const fs::path own = scratch_ / "own.toml";
  fs::copy_file(spaces + "small.toml", own);
  const std::string question = "search --on 2024-01-15 --space " + own.string() + " --resume " + (scratch_ / "own").string();
  EXPECT_EQ(run(0, question, BRIGHTLINE_PROGRAM).code, 0);
  EXPECT_EQ(run(0, question, BRIGHTLINE_PROGRAM).code, 0);
  std::ofstream(own, std::ios::app) << "io_die = [0, 1]\n";
  const Ran changed = run(0, question, BRIGHTLINE_PROGRAM);
  EXPECT_EQ(changed.code, 2);
  EXPECT_NE(changed.err.find("the checkpoint is of another question"), std::string::npos) << changed.err;
}

TEST_F(SearchRanks, AnInterruptLeavesTheBestSoFar) {
  const fs::path out = scratch_ / "interrupted";
  constexpr int killed = 128 + SIGINT;
  int code = killed;
  for (const int wait : {2, 8, 30}) {  // so many designs take days; a slow machine is still reading data
    const int status = std::system(fmt::format("timeout --preserve-status -s INT {} {} search --on 2024-01-15 --sweep --sample 1000000000000 --threads 1 --json >{} 2>&1", wait, BRIGHTLINE_PROGRAM, out.string()).c_str());
    ASSERT_TRUE(WIFEXITED(status));
    code = WEXITSTATUS(status);
    if (code != killed) break;
  }
  EXPECT_LE(code, 1);
  const json document = json::parse(read_file(out), nullptr, false);
  ASSERT_FALSE(document.is_discarded()) << read_file(out).substr(0, 300);
  EXPECT_EQ(document["certificate"]["proven"], false);
  EXPECT_TRUE(document["certificate"]["gap"].is_null());
}

}  // namespace
}  // namespace brightline::tests
