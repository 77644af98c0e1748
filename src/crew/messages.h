// What ranks need to speak to each other. Nothing here waits: each rank has one thread that listens to its workers too.
#pragma once
#include <optional>
#include <string>

namespace brightline::crew {

struct Message {
  int from = 0;
  std::string bytes;
};

class Messages {
 public:
  Messages() = default;
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  Messages(Messages&&) = delete;
  Messages& operator=(Messages&&) = delete;
  virtual ~Messages() = default;  ///< waits until what was sent has gone

  [[nodiscard]] virtual int rank() const = 0;
  [[nodiscard]] virtual int ranks() const = 0;
  virtual void send(int to, std::string bytes) = 0;  ///< any length; what one rank sends another arrives in order
  virtual std::optional<Message> receive() = 0;      ///< the next that has arrived
  [[nodiscard]] virtual bool sending() const = 0;    ///< something is still on its way and needs receive() to be called
};

}  // namespace brightline::crew
