// Answers kept on disk: the same question of the same law, data and program is answered at once.
#pragma once
#include <optional>
#include <ostream>
#include <string>

#include "app/streams.h"
#include "app/world.h"
#include "store/case_store.h"

namespace brightline::app {

/// A store that can't be opened or written is told on `talk` and done without. BRIGHTLINE_STORE=none: no store.
class Stored {
 public:
  Stored(bool wanted, const World& world, std::string question, std::ostream& talk);
  [[nodiscard]] std::optional<std::string> find();
  void keep(const std::string& text);

 private:
  void give_up(const base::Problem& problem);
  std::optional<store::CaseStore> store_;
  store::CaseKey key_;
  std::ostream& talk_;
};

struct StoredOptions {
  Places places;
  std::string hash;  ///< empty: all that is kept
  bool json = false;
  std::string format = "table";
};
/// brightline stored: what is kept, or one answer again.
int run_stored(const StoredOptions& options, Streams& streams);

}  // namespace brightline::app
