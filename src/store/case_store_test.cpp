#include "store/case_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <random>
#include <thread>

#include "store/scratch_folder_test.h"

namespace brightline::store {
namespace {

CaseKey key(const std::string& question) { return {question, "law1", "data1", "0.1.0"}; }

CaseStore opened(const std::filesystem::path& file) {
  auto store = CaseStore::open(file);
  if (!store) throw base::BadInput(store.error());
  return std::move(*store);
}

std::string problem_of(const std::filesystem::path& file) {
  const auto store = CaseStore::open(file);
  return store ? "opened" : store.error().message;
}

// A child process does something with the store; its exit code tells.
template <class Work>
pid_t child(Work work) {
  const pid_t pid = fork();
  if (pid == 0) _exit(work());
  return pid;
}

int exit_code(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(CaseStore, GivesBackWhatWasPut) {
  const ScratchFolder scratch;
  const auto file = scratch / "deep/folders/cases.sqlite";
  const std::string document = "{\"answer\": \"licence required \xe2\x80\x94 \\u0000\"}\n" + std::string("\0x", 2);
  {
    CaseStore store = opened(file);
    EXPECT_EQ(store.find(key("a")).value(), std::nullopt);
    EXPECT_TRUE(store.put(key("a"), document));
    EXPECT_TRUE(store.put(key("b"), ""));
  }
  CaseStore store = opened(file);
  EXPECT_EQ(store.find(key("a")).value(), document);
  EXPECT_EQ(store.find(key("b")).value(), "");
}

TEST(CaseStore, AnyPartOfTheKeyMakesAnotherCase) {
  const ScratchFolder scratch;
  CaseStore store = opened(scratch / "cases.sqlite");
  ASSERT_TRUE(store.put({"q", "l", "d", "p"}, "1"));
  for (const CaseKey& other : {CaseKey{"q2", "l", "d", "p"},
                               {"q", "l2", "d", "p"},
                               {"q", "l", "d2", "p"},
                               {"q", "l", "d", "p2"},
                               {"ql", "", "d", "p"},
                               {"", "ql", "d", "p"},
                               {"q", "l", "", "dp"}}) {
    EXPECT_EQ(store.find(other).value(), std::nullopt) << other.question << other.law << other.data << other.program;
  }
}

TEST(CaseStore, PuttingAgainReplaces) {
  const ScratchFolder scratch;
  CaseStore store = opened(scratch / "cases.sqlite");
  ASSERT_TRUE(store.put(key("a"), "old"));
  ASSERT_TRUE(store.put(key("a"), "new"));
  EXPECT_EQ(store.find(key("a")).value(), "new");
  EXPECT_EQ(store.list().value().size(), 1U);
}

TEST(CaseStore, ListsTheNewestFirst) {
  const ScratchFolder scratch;
  CaseStore store = opened(scratch / "cases.sqlite");
  ASSERT_TRUE(store.put(key("a"), "12345"));
  ASSERT_TRUE(store.put(key("b"), "1"));
  const auto list = store.list().value();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].key.question, "b");
  EXPECT_EQ(list[1].key.question, "a");
  EXPECT_EQ(list[1].hash, key("a").hash());
  EXPECT_EQ(list[1].bytes, 5U);
  EXPECT_EQ(list[1].key.law, "law1");
  EXPECT_EQ(list[1].stored_at.size(), std::string("2026-09-24T08:15:00Z").size());
}

TEST(CaseStore, AForeignFileIsAProblemAndStays) {
  const ScratchFolder scratch;
  for (const std::string& foreign : {std::string("chip,price\nh100,1\n"), std::string(5000, 'x'), std::string("S")}) {
    write_bytes(scratch / "x", foreign);
    EXPECT_EQ(problem_of(scratch / "x"), "this is no store of cases");
    EXPECT_EQ(bytes_of(scratch / "x"), foreign);
  }
  // an SQLite file too, when it is another program's
  { const Database other(scratch / "other", {"other", 7, 1, "CREATE TABLE t (x)", true, false, ""}); }
  const std::string before = bytes_of(scratch / "other");
  EXPECT_EQ(problem_of(scratch / "other"), "this is no store of cases");
  EXPECT_EQ(bytes_of(scratch / "other"), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 2);
}

TEST(CaseStore, AProblemNamesFileAndWayOut) {
  const ScratchFolder scratch;
  write_bytes(scratch / "x", "no");
  const auto store = CaseStore::open(scratch / "x");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().where.file, (scratch / "x").string());
  EXPECT_NE(store.error().hint.find("BRIGHTLINE_STORE"), std::string::npos);
}

TEST(CaseStore, AFileOfALaterLayoutIsAProblem) {
  const ScratchFolder scratch;
  { const Database later(scratch / "x", {"store of cases", 0x42724C63, 2, "CREATE TABLE cases (x)", true, false, ""}); }
  EXPECT_EQ(problem_of(scratch / "x"), "the store of cases was written by another version of brightline (its layout is 2, this one's 1)");
}

TEST(CaseStore, AnEmptyFileIsFilled) {
  const ScratchFolder scratch;
  write_bytes(scratch / "x", "");
  EXPECT_TRUE(opened(scratch / "x").put(key("a"), "1"));
}

TEST(CaseStore, AFolderThatCannotBeWrittenIsAProblem) {
  const ScratchFolder scratch;
  write_bytes(scratch / "file", "");
  EXPECT_TRUE(problem_of(scratch / "file/cases.sqlite").starts_with("the folder of the store of cases can't be made"));
  EXPECT_EQ(problem_of(scratch.path()), "this is no store of cases");
  opened(scratch / "kept/cases.sqlite");
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0555));
  std::filesystem::permissions(scratch / "kept", std::filesystem::perms(0555));
  std::filesystem::permissions(scratch / "kept/cases.sqlite", std::filesystem::perms(0444));
  const int code = exit_code(child([&] {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && setuid(nobody) != 0) return 3;
    const bool made = problem_of(scratch / "new.sqlite") == "opened";
    const bool opened_again = problem_of(scratch / "kept/cases.sqlite") == "opened";
    const bool made_folder = problem_of(scratch / "new/cases.sqlite") == "opened";
    return made || opened_again || made_folder ? 1 : 0;
  }));
  std::filesystem::permissions(scratch / "kept", std::filesystem::perms(0755));
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
  EXPECT_EQ(code, 0);
}

// Cut anywhere, or with any bytes changed: the right document, or none, or a problem; never another document.
TEST(CaseStore, ADamagedFileNeverGivesAWrongDocument) {
  const ScratchFolder scratch;
  const auto file = scratch / "cases.sqlite";
  const auto document = [](int i) { return fmt::format("document {} {}", i, std::string(static_cast<std::size_t>(i) * 97, 'd')); };
  {
    CaseStore store = opened(file);
    for (int i = 0; i < 60; ++i) ASSERT_TRUE(store.put(key(std::to_string(i)), document(i)));
  }
  const std::string whole = bytes_of(file);
  std::mt19937 random(1);
  int problems = 0;
  for (int round = 0; round < 150; ++round) {
    std::string damaged = whole;
    if (round % 3 == 0) damaged.resize(random() % damaged.size());
    for (int i = 0; i < 20 && !damaged.empty(); ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    write_bytes(file, damaged);
    std::filesystem::remove(scratch / "cases.sqlite-wal");
    std::filesystem::remove(scratch / "cases.sqlite-shm");
    auto store = CaseStore::open(file);
    problems += store ? 0 : 1;
    for (int i = 0; store && i < 60; ++i) {
      const auto found = store->find(key(std::to_string(i)));
      problems += found ? 0 : 1;
      if (found.value_or(std::nullopt)) {
        ASSERT_EQ(found->value(), document(i));
      }
    }
    if (store && !store->list()) ++problems;
    if (store && !store->put(key("more"), "more")) ++problems;
  }
  EXPECT_GT(problems, 100);
}

TEST(CaseStore, ProcessesWriteAtTheSameTime) {
  const ScratchFolder scratch;
  const auto file = scratch / "cases.sqlite";
  constexpr int writers = 6;
  constexpr int each = 25;
  std::vector<pid_t> children;
  for (int w = 0; w < writers; ++w) {  // all of them make the file, too
    children.push_back(child([&, w] {
      auto store = CaseStore::open(file);
      if (!store) return 1;
      for (int i = 0; i < each; ++i) {
        if (!store->put(key(fmt::format("{} {}", w, i)), fmt::format("{}", w * i))) return 2;
        if (store->find(key(fmt::format("{} {}", w, i))).value_or("") != fmt::format("{}", w * i)) return 3;
      }
      return 0;
    }));
  }
  for (const pid_t pid : children) EXPECT_EQ(exit_code(pid), 0);
  EXPECT_EQ(opened(file).list().value().size(), std::size_t{writers} * each);
}

TEST(CaseStore, ThreadsShareOne) {
  const ScratchFolder scratch;
  CaseStore store = opened(scratch / "cases.sqlite");
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&store, t] {
        for (int i = 0; i < 25; ++i) EXPECT_TRUE(store.put(key(fmt::format("{} {}", t, i)), "x"));
      });
    }
  }
  EXPECT_EQ(store.list().value().size(), 100U);
}

TEST(CaseStore, WritersInLineWaitForEachOther) {
  const ScratchFolder scratch;
  opened(scratch / "cases.sqlite");
  const pid_t holder = child([&] {
    Database held(scratch / "cases.sqlite", {"store of cases", 0x42724C63, 1, "", true, false, ""});
    held.run("BEGIN IMMEDIATE");
    usleep(300'000);
    held.run("COMMIT");
    return 0;
  });
  usleep(100'000);
  EXPECT_TRUE(opened(scratch / "cases.sqlite").put(key("a"), "1"));
  EXPECT_EQ(exit_code(holder), 0);
}

TEST(CaseStore, UsualPathFollowsTheEnvironment) {
  const auto set = [](const char* store, const char* cache, const char* home) {
    for (const auto& [name, value] : {std::pair{"BRIGHTLINE_STORE", store}, {"XDG_CACHE_HOME", cache}, {"HOME", home}}) {
      value == nullptr ? unsetenv(name) : setenv(name, value, 1);
    }
    const auto path = CaseStore::usual_path();
    return path ? path->string() : path.error().message;
  };
  EXPECT_EQ(set("here.sqlite", "/cache", "/h"), "here.sqlite");
  EXPECT_EQ(set("", "/cache", "/h"), "/cache/brightline/cases.sqlite");
  EXPECT_EQ(set(nullptr, "relative", "/h"), "/h/.cache/brightline/cases.sqlite");
  EXPECT_EQ(set(nullptr, nullptr, "/h"), "/h/.cache/brightline/cases.sqlite");
  EXPECT_EQ(set(nullptr, nullptr, nullptr), "there is no place for the store of cases: HOME is not set");
}

}  // namespace
}  // namespace brightline::store
