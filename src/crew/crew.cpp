#include "crew/crew.h"

#include <sched.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/problem.h"
#include "crew/launch.h"
#include "crew/mpi_messages.h"
#include "crew/rank_crew.h"
#include "crew/thread_crew.h"

namespace brightline::crew {

namespace {

/// The cores this process may run on: mpirun and batch systems give out some of them.
int own_cores() {
  cpu_set_t cores;
  return sched_getaffinity(0, sizeof cores, &cores) == 0 ? std::max(1, CPU_COUNT(&cores)) : 1;
}

}  // namespace

std::size_t each_of(Crew& crew, std::size_t count, const Work& work, const Done& done) {
  std::vector<std::size_t> blocks(count);
  std::iota(blocks.begin(), blocks.end(), std::size_t{0});
  return crew.each(blocks, work, done);
}

std::unique_ptr<Crew> make(int threads) {
  base::check(threads >= 0, "a number of threads is not negative");
  const int own = threads > 0 ? threads : own_cores();
  const auto launch = launched();
  if (!launch) return std::make_unique<ThreadCrew>(own);
  return std::make_unique<RankCrew>(mpi_messages(*launch), own);
}

}  // namespace brightline::crew
