// Does each kind of mistake get its own message: where, what, and what to do about it?
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "bad_input/cases.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

const std::filesystem::path root = BRIGHTLINE_ROOT;

std::string identifier(const std::string& title) {
  std::string out = title;
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

/// Reads the case anew: an update of the case before it has moved its lines.
Case fresh(const Case& one) {
  for (Case& other : read_cases(one.file)) {
    if (other.title == one.title) return std::move(other);
  }
  return one;
}

class BadInput : public testing::TestWithParam<Case> {};

TEST_P(BadInput, IsNamed) {
  const Scratch scratch;
  const Case& one = GetParam();
  const InFolder here(scratch.folder());
  plant(one, root);
  const Outcome outcome = run_program(words_of(one.command), one.input);
  const std::vector<std::string> found = lines_of(outcome.out + outcome.err);
  if (updating()) return record(fresh(one), found, outcome.code);
  EXPECT_EQ(outcome.code, one.code);
  if (fits(one.expected, found)) return;
  ADD_FAILURE() << one.title << "\n--- expected\n" << joined(one.expected) << "--- found\n" << joined(found);
}

INSTANTIATE_TEST_SUITE_P(Cases, BadInput, testing::ValuesIn(all_cases(root / "tests/bad_input")),
                         [](const auto& one) { return identifier(one.param.title); });

// A message that says what is wrong but not what to do is half a message; these few speak for themselves.
TEST(BadInputCases, EachIsAMistakeWithATitleOfItsOwn) {
  std::map<std::string, int> titles;
  for (const Case& one : all_cases(root / "tests/bad_input")) {
    EXPECT_EQ(++titles[one.title], 1) << one.title;
    const bool asks = one.command.starts_with(" law check");  // sound or not is an answer
    EXPECT_EQ(one.code, asks ? 1 : 2) << one.title;
    EXPECT_FALSE(one.expected.empty()) << one.title;
  }
  EXPECT_GE(titles.size(), 45U);
}

}  // namespace

}  // namespace brightline::tests
