// Many hands for long work that is cut into blocks: threads here, and under mpirun the threads of every process. Answers
// come in any order; who merges them by the number of their block gets the same whatever the hands.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace brightline::crew {

/// Says the answer of a block as text. Called on several threads at once, and on any rank.
using Work = std::function<std::string(std::size_t block)>;

enum class Then { go_on, stop };

/// Told each answer, on the thread that called and on the coordinator alone.
using Done = std::function<Then(std::size_t block, std::string answer)>;

class Crew {
 public:
  Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  Crew(Crew&&) = delete;
  Crew& operator=(Crew&&) = delete;
  virtual ~Crew() = default;

  /// Does each of `blocks` once, handing them out in this order, and returns how many answers `done` was told. After
  /// `stop`, or when a block throws, no more are begun; those begun are finished and told. Then the exception is thrown
  /// here: what `done` threw, else that of the block with the lowest number.
  /// Every rank calls it. Where this is not the coordinator it works for it: `blocks` and `done` are not looked at, and 0
  /// comes back, also when the work failed.
  virtual std::size_t each(std::span<const std::size_t> blocks, const Work& work, const Done& done) = 0;

  [[nodiscard]] virtual int workers() const = 0;  ///< blocks worked on at once, by all ranks together
  [[nodiscard]] virtual int ranks() const = 0;    ///< processes
  [[nodiscard]] virtual bool coordinates() const = 0;
};

/// Does blocks 0 to count - 1.
std::size_t each_of(Crew& crew, std::size_t count, const Work& work, const Done& done);

/// Under mpirun all its processes, each with so many threads, else threads alone. 0: as many as this process has cores.
/// Once in a process. BadInput where the ranks can't speak to each other.
std::unique_ptr<Crew> make(int threads);

}  // namespace brightline::crew
