// A stock list before the law of two days: what became blocked or free, in money, and which clauses moved it.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "search/code_book.h"
#include "search/grounds.h"
#include "search/stock.h"
#include "search/transaction.h"

namespace brightline::search {

/// Blocked: a licence is needed after exceptions. Free: nothing is, or an exception serves.
enum class Movement { newly_blocked, newly_free, undetermined, still_blocked, still_free };
inline constexpr std::array<const char*, 5> movement_names{"newly-blocked", "newly-free", "undetermined", "still-blocked", "still-free"};

/// What one day's law says of a line.
struct LineAnswer {
  std::string paragraph;
  std::string requirement;
  std::string review;
  std::vector<Ground> because;
};

/// The answers of all lines alike: same chip, destination and headquarters.
struct LineJudgement {
  const chip::Accelerator* chip = nullptr;
  std::string destination;
  std::string headquarters;
  LineAnswer before;
  LineAnswer after;
  Movement movement = Movement::still_free;
  Moved moved;
  std::size_t lines = 0;
  base::Exact quantity;
  Money value;
  Money net;
};

struct Sum {
  std::size_t lines = 0;
  Money value;
  Money net;
};

struct Exposure {
  Transaction before;
  Transaction after;
  Stock stock;
  std::vector<LineJudgement> judgements;  ///< each once, in the order of their first lines
  std::vector<std::size_t> judgement_of;  ///< by line of the stock
  std::array<Sum, movement_names.size()> by_movement;
  std::array<std::array<Sum, movement_names.size()>, stock_kinds.size()> by_kind;
  Sum total;
  std::vector<std::string> assumptions;

  [[nodiscard]] const Sum& of(Movement movement) const { return by_movement[static_cast<std::size_t>(movement)]; }
};

Movement movement_of(const std::string& before, const std::string& after);

/// Judges every line of `stock` on both days. `transaction` says the rest (action, letters, text or enforced).
Exposure expose(Stock stock, const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Date before,
                base::Date after, base::Problems& problems);

}  // namespace brightline::search
