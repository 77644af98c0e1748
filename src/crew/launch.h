// Whether this process is one of several that mpirun (or a batch system in its place) has started.
#pragma once
#include <optional>

namespace brightline::crew {

struct Launch {
  std::optional<int> ranks;  ///< not every launcher says it beforehand
  std::optional<int> rank;
};

/// Nothing for a process that was started alone. Read from the environment: MPI needs not be there.
std::optional<Launch> launched();

}  // namespace brightline::crew
