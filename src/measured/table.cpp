#include "measured/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/csv.h"

namespace brightline::measured {

namespace {

struct KindInfo {
  TableKind kind;
  std::string_view name;
  std::array<std::string_view, 4> columns;  ///< a file that has them all is of this kind
};

constexpr std::array kind_table{
    KindInfo{TableKind::attention, "attention", {"phase", "kernel_source", "num_kv_heads", "latency_us"}},
    KindInfo{TableKind::latent, "mla", {"op", "mla_dtype", "num_heads", "latency_us"}},
    KindInfo{TableKind::experts, "moe", {"num_tokens", "inter", "experts", "latency_us"}},
    KindInfo{TableKind::collective, "comm", {"op", "num_gpus", "message_elems", "latency_us"}},
    KindInfo{TableKind::exchange, "ep_a2a", {"op_name", "hidden_size", "num_token", "num_topk"}},
    KindInfo{TableKind::operators, "operators", {"device", "operator", "measured_s", "dtype"}},
    KindInfo{TableKind::layers, "layers", {"device", "phase", "d_model", "measured_s"}},
    KindInfo{TableKind::training, "training", {"hardware", "global_batch", "micro_batch", "tp"}},
    KindInfo{TableKind::inference, "inference", {"hardware", "metric", "value", "input_len"}},
    KindInfo{TableKind::gemm, "gemm", {"m", "n", "k", "latency_us"}},
};

}  // namespace

int Table::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    // "precision(weights/kv)" is found as "precision" too
    if (columns[i] == name || (columns[i].starts_with(name) && columns[i].size() > name.size() && columns[i][name.size()] == '(')) return static_cast<int>(i);
  }
  return -1;
}

std::string_view Cells::text(std::string_view column) const {
  const int at = table_->column(column);
  return at < 0 ? std::string_view() : std::string_view(table_->cells[row_][static_cast<std::size_t>(at)]);
}

std::optional<double> Cells::number(std::string_view column) const {
  const std::string_view cell = text(column);
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || error != std::errc() || end != cell.data() + cell.size() || !(value == value) || value > 1e300 || value < -1e300) return std::nullopt;
  return value;
}

std::expected<Table, base::Problem> read_table(const std::string& file, std::string_view text) {
  Table out;
  out.file = file;
  base::CsvReader reader(text);
  std::vector<std::string_view> cells;
  if (!reader.next(cells) || cells.empty()) return std::unexpected(base::Problem{{file, 0, 0, {}}, "the file is empty", {}});
  if (reader.broken()) return std::unexpected(base::Problem{{file, reader.line(), 0, {}}, "a quote is not closed, or text follows one", {}});
  for (const std::string_view cell : cells) out.columns.emplace_back(cell);
  const auto* kind = std::ranges::find_if(kind_table, [&](const KindInfo& one) {
    return std::ranges::all_of(one.columns, [&](std::string_view name) { return out.column(name) >= 0; });
  });
  if (kind == kind_table.end()) {
    std::string kinds;
    for (const KindInfo& one : kind_table) kinds += fmt::format("{}{} ({}, {}, {}, {})", kinds.empty() ? "" : "; ", one.name, one.columns[0], one.columns[1], one.columns[2], one.columns[3]);
    return std::unexpected(base::Problem{{file, 1, 0, {}}, std::string(no_such_kind), "the kinds are told by their columns: " + kinds});
  }
  out.kind = kind->kind;
  while (reader.next(cells)) {
    if (reader.broken()) return std::unexpected(base::Problem{{file, reader.line(), 0, {}}, "a quote is not closed, or text follows one", {}});
    if (cells.size() != out.columns.size())
      return std::unexpected(base::Problem{{file, reader.line(), 0, {}}, fmt::format("{} cells, but the header has {}", cells.size(), out.columns.size()), "quote a cell that holds a comma"});
    out.cells.emplace_back(cells.begin(), cells.end());
    out.lines.push_back(reader.line());
  }
  return out;
}

std::string_view kind_name(TableKind kind) {
  return std::ranges::find_if(kind_table, [&](const KindInfo& one) { return one.kind == kind; })->name;
}

bool is_kernel_table(TableKind kind) { return kind != TableKind::training && kind != TableKind::inference; }

std::size_t fold_of(std::string_view shape, std::size_t folds) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : shape) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  hash ^= hash >> 29;
  return static_cast<std::size_t>(hash % folds);
}

bool held_out(const Case& one) { return fold_of(one.shape, 5) == 0; }

bool is_tiny(const Case& one) {
  constexpr double least_bytes = 4096;
  return std::ranges::any_of(one.operators, [](const workload::Operator& op) {
    const auto* collective = std::get_if<workload::Collective>(&op);
    return collective != nullptr && collective->bytes < least_bytes;
  });
}

}  // namespace brightline::measured
