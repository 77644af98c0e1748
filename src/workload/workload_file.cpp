#include "workload/workload_file.h"

#include <algorithm>
#include <filesystem>

#include "base/folded.h"

namespace brightline::workload {

namespace {

constexpr std::array<std::pair<Phase, std::string_view>, 4> phase_names{{{Phase::prefill, "prefill"}, {Phase::decode, "decode"}, {Phase::serve, "serve"}, {Phase::train, "train"}}};

constexpr std::string_view separators = " -_";

/// Numbers of one table; a missing one is a problem when required, a negative one always.
class TableNumbers {
 public:
  TableNumbers(base::TomlTable& table, base::Problems& problems) : table_(table), problems_(problems) {}
  double required(std::string_view key) {
    const double value = optional(key);
    if (value <= 0) table_.problem(key, "'" + std::string(key) + "' must be a number above 0");
    return value;
  }
  double optional(std::string_view key) {
    const base::TomlNode* node = table_.node(key);
    if (node == nullptr) return 0;
    const bool is_number = node->kind == base::TomlNode::Kind::integer || node->kind == base::TomlNode::Kind::real;
    const double value = is_number ? node->number() : -1;
    if (!(value >= 0) || value > 1e15) {
      table_.problem(key, "'" + std::string(key) + "' must be a number of at least 0");
      return 0;
    }
    return value;
  }

 private:
  base::TomlTable& table_;
  base::Problems& problems_;
};

void read_shape(const base::TomlFile& file, const base::TomlNode& node, Model& out, base::Problems& problems) {
  base::TomlTable table(file, node, "[model]", problems);
  TableNumbers numbers(table, problems);
  Transformer& m = out.shape;
  m.id = table.text("id");
  m.name = table.text("name");
  out.source = table.text("source");
  out.note = table.optional_text("note").value_or("");
  out.precision = table.text("precision");
  if (!number_scheme(out.precision)) table.problem("precision", "'" + out.precision + "' is no number scheme");
  out.called = table.texts("called");
  m.layers = numbers.required("layers");
  m.hidden = numbers.required("hidden");
  m.heads = numbers.required("heads");
  m.kv_heads = numbers.required("kv_heads");
  m.head_dim = numbers.required("head_dim");
  m.inter = numbers.optional("inter");
  m.vocab = numbers.required("vocab");
  m.max_context = numbers.required("max_context");
  m.gated = table.optional_boolean("gated").value_or(true);
  m.experts = numbers.optional("experts");
  m.top_k = numbers.optional("top_k");
  m.expert_inter = numbers.optional("expert_inter");
  m.shared_inter = numbers.optional("shared_inter");
  m.dense_layers = numbers.optional("dense_layers");
  m.most_nodes = numbers.optional("most_nodes");
  m.latent.hidden = m.hidden;
  m.latent.query_latent = numbers.optional("query_latent");
  m.latent.kv_latent = numbers.optional("kv_latent");
  m.latent.rope = numbers.optional("rope_dim");
  m.latent.nope = numbers.optional("nope_dim");
  m.latent.value = numbers.optional("value_dim");
  m.window = numbers.optional("window");
  m.windowed_share = numbers.optional("windowed_share");
  if (m.has_experts() && (m.top_k <= 0 || m.expert_inter <= 0)) table.problem("experts", "experts need 'top_k' and 'expert_inter'");
  if (!m.has_experts() && m.inter <= 0) table.problem("inter", "a model without experts needs 'inter'");
  if (m.is_latent() && (m.latent.query_latent <= 0 || m.latent.rope <= 0 || m.latent.nope <= 0 || m.latent.value <= 0))
    table.problem("kv_latent", "latent attention needs 'query_latent', 'rope_dim', 'nope_dim' and 'value_dim'");
  const auto wrong = [&](bool is, std::string_view key, std::string_view why) {
    if (is) table.problem(key, std::string(why));
  };
  wrong(m.dense_layers > m.layers, "dense_layers", "more dense layers than layers");
  wrong(m.dense_layers > 0 && m.inter <= 0, "dense_layers", "dense layers need 'inter'");
  wrong(m.top_k > m.experts, "top_k", "a token can't pass more experts than there are");
  wrong(m.windowed_share > 1, "windowed_share", "'windowed_share' is a share of the layers, from 0 to 1");
  wrong(m.windowed_share > 0 && m.window <= 0, "windowed_share", "windowed layers need 'window'");
  wrong(!m.is_latent() && (m.latent.query_latent > 0 || m.latent.rope > 0 || m.latent.nope > 0), "query_latent", "latent widths need 'kv_latent'");
  table.finish();
}

void read_phases(const base::TomlFile& file, const base::TomlNode& node, Model& out, base::Problems& problems) {
  for (const auto& [name, value] : node.entries) {
    const auto phase = phase_named(name);
    if (!phase) {
      problems.add(file.where(value), "'" + name + "' is no phase", "prefill, decode, serve, train");
      continue;
    }
    if (value.kind != base::TomlNode::Kind::table) {
      problems.add(file.where(value), "'" + name + "' must be a table, [phase." + name + "]");
      continue;
    }
    base::TomlTable table(file, value, "[phase." + name + "]", problems);
    TableNumbers numbers(table, problems);
    out.phases[*phase] = {numbers.optional("batch"), numbers.optional("input"), numbers.optional("output"), numbers.optional("ttft_ms"), numbers.optional("tpot_ms")};
    table.finish();
  }
}

}  // namespace

std::optional<Phase> phase_named(std::string_view name) {
  for (const auto& [phase, text] : phase_names) {
    if (text == name) return phase;
  }
  return std::nullopt;
}

std::string_view phase_name(Phase phase) { return phase_names[static_cast<std::size_t>(phase)].second; }

Models Models::load(const std::string& data_folder, base::Problems& problems) {
  Models out;
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder + "/workloads", error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) problems.add({data_folder + "/workloads", 0, 0, {}}, "there are no model files");
  for (const auto& path : files) {
    const auto file = base::TomlFile::read(path.string());
    if (!file) {
      problems.add(file.error());
      continue;
    }
    Model model;
    const std::size_t before = problems.size();
    const base::TomlNode* shape = file->root().find("model");
    if (shape == nullptr) problems.add({path.string(), 0, 0, {}}, "there is no [model]");
    else read_shape(*file, *shape, model, problems);
    for (const auto& [key, node] : file->root().entries) {
      if (key != "model" && key != "phase") problems.add(file->where(node), "'" + key + "' is not expected here", "[model] and [phase.<name>] are");
    }
    if (const base::TomlNode* phases = file->root().find("phase")) {
      if (phases->kind == base::TomlNode::Kind::table) read_phases(*file, *phases, model, problems);
      else problems.add(file->where(*phases), "'phase' must hold tables, [phase.<name>]");
    }
    if (out.find(model.shape.id) != nullptr) problems.add({path.string(), 0, 0, {}}, "another file has the id '" + model.shape.id + "'");
    if (problems.size() == before) out.list.push_back(std::move(model));
  }
  return out;
}

const Model* Models::find(std::string_view id) const {
  const auto at = std::ranges::find_if(list, [&](const Model& one) { return one.shape.id == id; });
  return at == list.end() ? nullptr : &*at;
}

const Model* Models::called(std::string_view name) const {
  const std::string wanted = base::folded(name, separators);
  for (const Model& one : list) {
    if (base::folded(one.shape.id, separators) == wanted || base::folded(one.shape.name, separators) == wanted) return &one;
    for (const std::string& other : one.called) {
      if (base::folded(other, separators) == wanted) return &one;
    }
  }
  return nullptr;
}

std::vector<std::string> Models::ids() const {
  std::vector<std::string> out;
  for (const Model& one : list) out.push_back(one.shape.id);
  return out;
}

std::optional<Workload> workload_called(const Models& models, std::string_view id) {
  const std::size_t dash = id.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto phase = phase_named(id.substr(dash + 1));
  const Model* model = models.find(id.substr(0, dash));
  if (!phase || model == nullptr) return std::nullopt;
  return Workload{model, *phase};
}

}  // namespace brightline::workload
