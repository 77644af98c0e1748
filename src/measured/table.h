// Tables of measurements: what kind a file is, and its rows as operators with a measured time.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "model/calibration.h"
#include "workload/operators.h"

namespace brightline::measured {

/// The kinds of file, told from their header.
enum class TableKind { gemm, attention, experts, latent, collective, exchange, operators, layers, training, inference };

/// A row of kernels: these operators one after the other took this long.
struct Case {
  int line = 0;
  std::string hardware;  ///< as written
  std::vector<workload::Operator> operators;
  model::Stack stack;
  double seconds = 0;
  double watts = 0;      ///< mean power of the device meanwhile; 0: not measured
  std::string metric;  ///< what the row measures: "gemm bf16", "attention decode"
  std::string shape;   ///< the part of the row that a held-out split keeps together
  std::string refused; ///< why it can't be predicted; empty when it can
};

struct Table {
  std::string file;
  TableKind kind = TableKind::gemm;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> cells;  ///< by row
  std::vector<int> lines;
  [[nodiscard]] int column(std::string_view name) const;  ///< -1: none
};

/// One row of a table, cell by name.
class Cells {
 public:
  Cells(const Table& table, std::size_t row) : table_(&table), row_(row) {}
  [[nodiscard]] std::string_view text(std::string_view column) const;
  [[nodiscard]] std::optional<double> number(std::string_view column) const;  ///< empty: missing or no number
  [[nodiscard]] int line() const { return table_->lines[row_]; }

 private:
  const Table* table_;
  std::size_t row_;
};

/// Reads a CSV of measurements; a file of no known kind is a Problem that lists the kinds.
/// The message of a file that is none of ours.
inline constexpr std::string_view no_such_kind = "no kind of measurements has these columns";
std::expected<Table, base::Problem> read_table(const std::string& file, std::string_view text);
std::string_view kind_name(TableKind kind);
/// Whether its rows are single kernels (all kinds but training and inference).
bool is_kernel_table(TableKind kind);
/// The rows of a kernel table.
std::vector<Case> kernel_cases(const Table& table);

/// Rows are left out of every fit by shape, one shape in five, so that a check asks about shapes never seen.
bool held_out(const Case& one);
/// A collective so small that its start is all there is: no fit asks about it.
bool is_tiny(const Case& one);
/// Whether a fit may use a row.
inline bool may_be_fitted(const Case& one) { return !is_tiny(one) && !held_out(one); }
/// Which of `folds` parts a shape falls in; stable over machines and versions.
std::size_t fold_of(std::string_view shape, std::size_t folds);

}  // namespace brightline::measured
