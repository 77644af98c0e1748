// Rows of kernel tables as operators. A cell that is missing or out of place refuses its row with the reason.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "measured/table.h"

namespace brightline::measured {

namespace {

using workload::NumberScheme;

/// Reads the cells of one row and remembers the first that is wrong.
class Row {
 public:
  explicit Row(const Cells& cells, Case& out) : cells_(cells), out_(&out) {}
  double number(std::string_view column, double least = 0) {
    const auto value = cells_.number(column);
    if (!value || *value < least) {
      refuse(fmt::format("'{}' is missing or no number of at least {:g}", column, least));
      return 0;
    }
    return *value;
  }
  /// A blank cell is 0; anything but a number of at least 0 refuses the row.
  double optional(std::string_view column) { return cells_.text(column).empty() ? 0 : number(column); }
  /// Whether a format takes one byte: fp8 does, 16-bit ones do not, others refuse the row.
  bool is_fp8(std::string_view column) {
    const std::string name = text(column);
    if (name.starts_with("fp8")) return true;
    if (name != "bfloat16" && name != "float16" && name != "bf16" && name != "fp16" && name != "half") refuse(fmt::format("'{}' of '{}' is not modelled", name, column));
    return false;
  }
  std::string text(std::string_view column) { return std::string(cells_.text(column)); }
  void refuse(std::string why) {
    if (out_->refused.empty()) out_->refused = std::move(why);
  }
  NumberScheme scheme(std::string_view column) {
    const std::string name = text(column);
    if (name == "bfloat16") return NumberScheme::bf16;
    if (name == "float16" || name == "half") return NumberScheme::fp16;
    if (name == "fp8_static") return NumberScheme::fp8;
    if (name == "sq" || name == "int8_sq") return NumberScheme::int8;
    if (const auto known = workload::number_scheme(name)) return *known;
    refuse(name.empty() ? fmt::format("'{}' is missing", column) : "number scheme '" + name + "' is not modelled");
    return NumberScheme::bf16;
  }
  void stack(const std::string& kernel) { out_->stack = {text("framework"), kernel, text("version")}; }
  void time_us(std::string_view column) { out_->seconds = number(column, 1e-9) * 1e-6; }
  void keep(std::initializer_list<std::string_view> columns) {
    for (const std::string_view column : columns) out_->shape += std::string(cells_.text(column)) + "x";
  }
  void add(const workload::Operator& op) { out_->operators.push_back(op); }
  Case& out() { return *out_; }

 private:
  Cells cells_;
  Case* out_;
};

void gemm_row(Row& row) {
  const NumberScheme scheme = row.scheme("dtype");
  row.add(workload::Gemm{row.number("m", 1), row.number("n", 1), row.number("k", 1), scheme, 1});
  row.stack(row.text("kernel_source"));
  row.out().metric = "gemm " + std::string(workload::info(scheme).name);
  row.keep({"n", "k"});
  row.time_us("latency_us");
}

void attention_row(Row& row) {
  workload::Attention a;
  a.decode = row.text("phase") == "generation";
  if (!a.decode && row.text("phase") != "context") row.refuse("phase is neither context nor generation");
  a.batch = row.number("batch", 1);
  a.queries = a.decode ? 1 : row.number("isl", 1);
  a.past = row.optional("step");
  a.heads = row.number("num_heads", 1);
  a.kv_heads = row.number("num_kv_heads", 1);
  a.head_dim = row.number("head_dim", 1);
  a.window = row.optional("window");
  a.narrow_product = row.is_fp8("attn_dtype");
  a.kv_bytes = row.is_fp8("kv_dtype") ? 1 : 2;
  row.add(a);
  row.stack(fmt::format("{}:{}:{}", row.text("kernel_source"), a.narrow_product ? "fp8" : "bf16", a.kv_bytes < 2 ? "fp8" : "bf16"));
  row.out().metric = a.decode ? "attention decode" : "attention prefill";
  row.keep({"num_heads", "num_kv_heads", "head_dim", "window"});
  row.time_us("latency_us");
}

void experts_row(Row& row) {
  workload::Experts e;
  e.tokens = row.number("num_tokens", 1);
  e.hidden = row.number("hidden", 1);
  e.inter = row.number("inter", 1);
  e.top_k = row.number("topk", 1);
  e.experts = row.number("experts", 1);
  e.tensor_parallel = row.number("moe_tp", 1);
  e.expert_parallel = row.number("moe_ep", 1);
  const std::string spread = row.text("distribution");
  if (spread.starts_with("power_law_")) {
    e.skew = std::strtod(spread.c_str() + 10, nullptr);
    const bool sound = e.skew > 0 && e.skew <= 10;  // not where it is no number
    if (!sound || spread.find_first_not_of("0123456789.", 10) != std::string::npos) row.refuse("distribution '" + spread + "' has no exponent");
  } else if (spread != "balanced" && !spread.empty()) row.refuse("distribution '" + spread + "' is not modelled");
  const std::string source = row.text("kernel_source");
  e.gated = source.find("nongated") == std::string::npos;
  e.scheme = row.scheme("dtype");
  if (e.top_k > e.experts || e.expert_parallel > e.experts) row.refuse("more experts a token, or more expert parallelism, than experts");
  row.add(e);
  row.stack(source);
  row.out().metric = "moe " + std::string(workload::info(e.scheme).name);
  row.keep({"hidden", "inter", "experts", "moe_tp", "moe_ep"});
  row.time_us("latency_us");
}

/// DeepSeek-V3's widths (arXiv:2412.19437, section 4.2), which the tables of latent attention were measured with.
constexpr workload::LatentWidths deepseek_v3{7168, 1536, 512, 64, 128, 128};

void latent_row(Row& row) {
  workload::LatentAttention a;
  const std::string op = row.text("op");
  a.decode = op.find("generation") != std::string::npos;
  a.module = op.find("module") != std::string::npos;
  if (!op.starts_with("mla_")) row.refuse("operator '" + op + "' is not modelled");
  a.widths = deepseek_v3;
  a.batch = row.number("batch", 1);
  a.queries = a.decode ? 1 : row.number("isl", 1);
  a.past = row.optional("step");
  a.heads = row.number("num_heads", 1);
  a.narrow_product = row.is_fp8("mla_dtype");
  a.kv_bytes = row.is_fp8("kv_dtype") ? 1 : 2;
  if (a.module) a.scheme = row.scheme("gemm_type");
  row.add(a);
  std::string kernel = fmt::format("{}:{}:{}", row.text("kernel_source"), a.narrow_product ? "fp8" : "bf16", a.kv_bytes < 2 ? "fp8" : "bf16");
  if (a.module) kernel += ":" + std::string(workload::info(a.scheme).name);
  row.stack(kernel);
  row.out().metric = op;
  row.keep({"num_heads", "isl", "step"});
  row.time_us("latency_us");
}

void collective_row(Row& row) {
  using workload::CollectiveKind;
  workload::Collective c;
  const std::string op = row.text("op");
  if (op == "all_gather") c.kind = CollectiveKind::all_gather;
  else if (op == "reduce_scatter") c.kind = CollectiveKind::reduce_scatter;
  else if (op == "alltoall" || op == "all_to_all") c.kind = CollectiveKind::all_to_all;
  else if (op != "all_reduce") row.refuse("operator '" + op + "' is not modelled");
  const std::string dtype = row.text("dtype");
  double element = 2;
  if (dtype == "int8" || dtype == "fp8") element = 1;
  else if (dtype == "float" || dtype == "float32") element = 4;
  else if (dtype != "half" && dtype != "bfloat16" && dtype != "float16") row.refuse("'" + dtype + "' of 'dtype' is not modelled");
  c.bytes = row.number("message_elems", 1) * element;
  c.devices = row.number("num_gpus", 2);
  const std::string source = row.text("kernel_source");
  c.custom = source != "NCCL" && source != "nccl";
  if (c.custom && c.kind != CollectiveKind::all_reduce) row.refuse("a custom " + op + " is not modelled");
  row.add(c);
  row.stack(row.text("kernel_source"));
  row.out().metric = c.custom ? "custom all_reduce" : (c.bytes < 4096 ? op + " under 4 KiB" : op);
  row.keep({"message_elems", "num_gpus"});
  row.time_us("latency_us");
}

void exchange_row(Row& row) {
  workload::ExpertExchange e;
  const bool quick = row.text("op_name") == "ll";
  e.tokens = row.number("num_token", 1);
  e.hidden = row.number("hidden_size", 1);
  e.top_k = row.number("num_topk", 1);
  e.experts = row.number("num_experts", 1);
  e.devices_per_node = 8;  // as the tables were measured
  e.devices = e.devices_per_node * row.number("node_num", 1);
  e.cores = quick ? 0 : row.number("dispatch_sms", 1);
  row.add(e);
  row.stack(row.text("kernel_source"));
  row.out().metric = quick ? "dispatch and combine, low latency" : "dispatch and combine";
  row.keep({"hidden_size", "num_topk", "num_experts", "num_token"});
  const double out = row.number(quick ? "dispatch_avg_t_us" : "dispatch_transmit_us", 1e-9);
  row.out().seconds = (out + row.number(quick ? "combine_avg_t_us" : "combine_transmit_us", 1e-9)) * 1e-6;
}

/// The tables of single operators and of GPT-3 layers were timed in eager PyTorch, one launch from the host each.
const model::Stack eager{"pytorch", "eager", "2.0"};

void operator_row(Row& row) {
  const std::string op = row.text("operator");
  const double m = row.number("m", 1);
  if (op == "matmul") {
    row.add(workload::Gemm{m, row.number("n", 1), row.number("k", 1), row.scheme("dtype"), 1});
  } else if (op == "allreduce") {
    row.add(workload::Collective{workload::CollectiveKind::all_reduce, m, 4, false});
  } else {
    workload::Elementwise e;
    e.kind = op == "softmax" ? workload::ElementwiseKind::softmax : op == "layernorm" ? workload::ElementwiseKind::layernorm : workload::ElementwiseKind::gelu;
    if (op != "softmax" && op != "layernorm" && op != "gelu") row.refuse("operator '" + op + "' is not modelled");
    e.rows = m;
    e.columns = op == "gelu" ? 1 : row.number("n", 1);
    e.bytes = row.text("dtype") == "fp32" ? 4 : 2;
    row.add(e);
  }
  row.out().stack = eager;
  row.out().metric = op;
  row.keep({"operator", "m", "n", "k"});
  row.out().seconds = row.number("measured_s", 1e-12);
}

// GPT-3's layer over four devices, one operator a row (arXiv:2005.14165: a feed-forward layer four times as wide).
void layer_row(Row& row) {
  const std::string op = row.text("op");
  const bool decode = row.text("phase") == "decode";
  const double devices = 4;
  const double width = row.number("d_model", 1);
  const double batch = row.number("batch", 1);
  const double heads = row.number("heads", 1) / devices;
  const double head_dim = width / (heads * devices);
  const double queries = decode ? 1 : row.number("input_len", 1);
  const double keys = row.number("input_len", 1) + (decode ? row.optional("output_len") : 0);
  const double tokens = batch * queries;
  const auto gemm = [&](double m, double n, double k, double side = 1) { row.add(workload::Gemm{m, n, k, NumberScheme::fp16, side}); };
  if (op == "Q_K_V") for (int i = 0; i < 3; ++i) gemm(tokens, width / devices, width);
  else if (op == "Q_mul_K") gemm(queries, keys, head_dim, batch * heads);
  else if (op == "A_mul_V") gemm(queries, head_dim, keys, batch * heads);
  else if (op == "Wo_proj") gemm(tokens, width, width / devices);
  else if (op == "W1_proj") gemm(tokens, 4 * width / devices, width);
  else if (op == "W2_proj") gemm(tokens, width, 4 * width / devices);
  else if (op == "Softmax") row.add(workload::Elementwise{workload::ElementwiseKind::softmax, batch * heads * queries, keys, 2});
  else if (op.starts_with("LayerNorm")) row.add(workload::Elementwise{workload::ElementwiseKind::layernorm, tokens, width, 2});
  else if (op == "GeLU") row.add(workload::Elementwise{workload::ElementwiseKind::gelu, tokens * 4 * width / devices, 1, 2});
  else if (op.starts_with("AllReduce")) row.add(workload::Collective{workload::CollectiveKind::all_reduce, tokens * width * 2, devices, false});
  else row.refuse("operator '" + op + "' is not modelled");
  row.out().stack = eager;
  row.out().metric = row.text("phase") + " " + op;
  row.keep({"phase", "op"});
  row.out().seconds = row.number("measured_s", 1e-12);
}

}  // namespace

std::vector<Case> kernel_cases(const Table& table) {
  static const std::map<TableKind, std::function<void(Row&)>> readers{
      {TableKind::gemm, gemm_row},           {TableKind::attention, attention_row}, {TableKind::experts, experts_row},
      {TableKind::latent, latent_row},       {TableKind::collective, collective_row}, {TableKind::exchange, exchange_row},
      {TableKind::operators, operator_row},  {TableKind::layers, layer_row}};
  std::vector<Case> out;
  const auto reader = readers.find(table.kind);
  base::check(reader != readers.end(), "a table of kernels");
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cells cells(table, i);
    Case one;
    one.line = cells.line();
    one.hardware = cells.text("gpu").empty() ? cells.text("device") : cells.text("gpu");
    if (one.hardware.starts_with("4x")) one.hardware = one.hardware.substr(2, one.hardware.find(' ') - 2);
    Row row(cells, one);
    reader->second(row);
    one.watts = std::max(0.0, cells.number("power_w").value_or(0));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace brightline::measured
