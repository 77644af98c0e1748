#include "crew/thread_crew.h"

#include <algorithm>

#include "crew/answers.h"
#include "crew/worker_threads.h"

namespace brightline::crew {

std::size_t ThreadCrew::each(std::span<const std::size_t> blocks, const Work& work, const Done& done) {
  if (blocks.empty()) return 0;
  Answers answers(done);
  WorkerThreads workers(static_cast<int>(std::min(blocks.size(), static_cast<std::size_t>(threads_))), work);
  for (const std::size_t block : blocks) workers.give(block);
  while (workers.busy()) {
    answers.take(workers.take());
    if (answers.stopped()) workers.forget_waiting();
  }
  return answers.told();
}

}  // namespace brightline::crew
