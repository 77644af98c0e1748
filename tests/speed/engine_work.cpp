// A fixed amount of work of one kind, for callgrind to count: engine_work load | judge | look-up.
#include <cstdio>
#include <cstring>

#include "speed/workload.h"

namespace {

using namespace brightline;

std::size_t judge(const law::Law& law) {
  const law::Code code = speed::compile(law);
  law::Judge judge(code);
  std::size_t said = 0;
  for (const law::Facts& facts : speed::chips(law, 1000)) said += law::reasons(judge.judge(facts)).size();
  return said;
}

std::size_t look_up(const law::Law& law) {
  const law::Code code = speed::compile(law);
  base::Problems problems;
  const law::LegalMap map = law::LegalMap::build(code, speed::open_question(law), problems);
  base::stop_at(problems);
  const auto designs = speed::designs(law, 1000);
  std::size_t free = 0;
  for (int round = 0; round < 100; ++round) {
    for (const law::Design& design : designs) free += map.look_up(design).requirement == law::Requirement::none ? 1 : 0;
  }
  return free;
}

}  // namespace

int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "";
  const law::Law law = speed::load_law();
  std::size_t result = law.instruments.size();
  if (std::strcmp(what, "judge") == 0) result = judge(law);
  if (std::strcmp(what, "look-up") == 0) result = look_up(law);
  std::printf("%s %zu\n", what, result);
  return result > 0 ? 0 : 3;
}
