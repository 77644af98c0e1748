// A stock list: how many of which chip, worth what, bound where. Read from CSV row by row; a bad row is a problem and the
// others still count.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.h"
#include "search/money.h"

namespace brightline::search {

inline constexpr std::array<const char*, 3> stock_kinds{"inventory", "order", "commitment"};

struct StockLine {
  int row = 0;     ///< line of the file
  std::string id;  ///< as the file calls it; "line 7" where it does not
  const chip::Accelerator* chip = nullptr;
  std::string kind;
  base::Exact quantity;
  Money value;  ///< quantity x unit value
  Money net;    ///< what is lost when it can't be delivered: less what it can be sold for elsewhere
  std::string destination;
  std::string headquarters;
};

struct Stock {
  std::vector<StockLine> lines;
  std::vector<std::string> assumptions;  ///< what empty cells were taken for
  std::size_t rows = 0;                  ///< also the bad ones
};

/// What empty cells mean.
struct StockDefaults {
  std::string destination;
  std::string headquarters;  ///< empty: the destination
};

/// Reads a whole file. Problems carry the line; a file without the needed columns is BadInput.
Stock read_stock(std::string_view text, const std::string& file, const catalogue::Catalogue& catalogue, const StockDefaults& defaults,
                 base::Problems& problems);

}  // namespace brightline::search
