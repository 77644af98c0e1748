#include "model/training_software.h"

#include <algorithm>
#include <array>

#include "base/toml.h"

namespace brightline::model {

namespace {

constexpr std::array<std::pair<Stated, std::string_view>, 3> stated_names{{{Stated::never, "never"}, {Stated::always, "always"}, {Stated::stated, "stated"}}};

TrainingSoftware read_one(const base::TomlFile& file, const base::TomlNode& node, base::Problems& problems) {
  base::TomlTable table(file, node, "training software", problems);
  TrainingSoftware out;
  out.id = table.text("id");
  out.sources = table.texts("sources");
  out.precision = table.optional_text("precision").value_or("");
  out.version = table.optional_text("version").value_or("");
  out.fused_attention = table.optional_boolean("fused_attention").value_or(true);
  out.dropout = table.optional_boolean("dropout").value_or(false);
  out.compared = table.optional_boolean("compared").value_or(false);
  out.passes_whole = table.optional_boolean("passes_whole").value_or(false);
  const std::string when = table.text("sequence_parallel");
  const auto named = std::ranges::find(stated_names, when, &std::pair<Stated, std::string_view>::second);
  if (named != stated_names.end()) out.sequence_parallel = named->first;
  else table.problem("sequence_parallel", "sequence_parallel '" + when + "' is none of never, always, stated");
  const std::int64_t zero = table.optional_integer("zero").value_or(0);
  const std::int64_t bytes = table.optional_integer("gradient_bytes").value_or(0);
  if (zero < 0 || zero > 3) table.problem("zero", "zero must be 0, 1, 2 or 3");
  if (bytes < 1 || bytes > 8) table.problem("gradient_bytes", "gradient_bytes must be from 1 to 8");
  out.zero = static_cast<int>(zero);
  out.gradient_bytes = static_cast<double>(bytes);
  if (const base::TomlNode* allocated = table.node("allocated")) out.allocated = allocated->number();
  if (!(out.allocated >= 1) || out.allocated > 3) table.problem("allocated", "allocated must be from 1 to 3");
  table.finish();
  return out;
}

}  // namespace

void TrainingSoftware::apply(workload::TrainingTask& task) const {
  task.fused_attention = fused_attention;
  task.dropout = dropout;
  task.gradient_bytes = gradient_bytes;
  task.allocated = allocated;
}

TrainingSoftwares TrainingSoftwares::load(const std::string& data_folder, base::Problems& problems) {
  TrainingSoftwares out;
  const std::string path = data_folder + "/training_software.toml";
  const auto file = base::TomlFile::read(path);
  if (!file) {
    problems.add(file.error());
    return out;
  }
  if (const base::TomlNode* list = file->root().find("software")) {
    for (const base::TomlNode& one : list->items) out.list.push_back(read_one(*file, one, problems));
  }
  if (const base::TomlNode* usual = file->root().find("usual")) {
    for (const base::TomlNode& one : usual->items) out.usual.push_back(one.text);
  }
  const bool all_known = std::ranges::all_of(out.usual, [&](const std::string& id) { return out.find(id) != nullptr; });
  if (out.usual.empty() || !all_known) problems.add({path, 0, 0, {}}, "'usual' must list software that stands here");
  if (out.list.empty() || !out.list.back().sources.empty()) problems.add({path, 0, 0, {}}, "the last [[software]] must fit every source: leave its sources out");
  return out;
}

const TrainingSoftware* TrainingSoftwares::find(std::string_view id) const {
  const auto at = std::ranges::find(list, id, &TrainingSoftware::id);
  return at != list.end() ? &*at : nullptr;
}

const TrainingSoftware& TrainingSoftwares::of_run(std::string_view source, std::string_view precision) const {
  const auto fits = [&](const TrainingSoftware& one) {
    const bool named = one.sources.empty() || std::ranges::any_of(one.sources, [&](const std::string& word) { return source.find(word) != std::string_view::npos; });
    return named && precision.find(one.precision) != std::string_view::npos;
  };
  const auto at = std::ranges::find_if(list, fits);
  base::check(at != list.end(), "the last training software fits every run");
  return *at;
}

}  // namespace brightline::model
