#include "crew/launch.h"

#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace brightline::crew {

namespace {

std::optional<int> first_number(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* set = std::getenv(name);
    if (set == nullptr) continue;
    const std::string_view text(set);
    int value = 0;
    const auto read = std::from_chars(text.begin(), text.end(), value);
    if (read.ec == std::errc() && read.ptr == text.end()) return value;
  }
  return std::nullopt;
}

}  // namespace

// Open MPI; MPICH and Slurm's PMI; PMIx, which tells the rank alone, so that Slurm's own count is asked.
std::optional<Launch> launched() {
  const auto rank = first_number({"OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"});
  auto ranks = first_number({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"});
  if (!rank && !ranks) return std::nullopt;
  if (!ranks) ranks = first_number({"SLURM_STEP_NUM_TASKS"});
  if (ranks == 1) return std::nullopt;  // one process needs nobody to speak to
  return Launch{ranks, rank};
}

}  // namespace brightline::crew
