#include "chip/measure.h"

#include <fmt/format.h>

#include "chip/derive.h"

namespace brightline::chip {

namespace {

constexpr bool in_order() {
  for (std::size_t i = 0; i < measure_table.size(); ++i) {
    if (static_cast<std::size_t>(measure_table[i].id) != i) return false;
  }
  return true;
}
static_assert(in_order(), "info() finds a measure by its place");

Measure stated(const Sourced& value, std::string_view how, std::string_view unit) {
  Measure out;
  out.value = value.range;
  out.weakest = value.kind;
  out.note = value.note;
  out.derivation = fmt::format("{}: {}", how, to_text(value.range, unit));
  return out;
}

// What the file states of a legal measure stands before what we would derive.
void override_with(const Accelerator& chip, Field field, Measure& measure) {
  if (const Sourced* value = chip.find(field)) measure = stated(*value, "stated in the file", info(field).unit);
}

}  // namespace

Measures measure(const Accelerator& chip, const Technology& technology, const Reading& reading) {
  Measures all;
  all[MeasureId::computed_tpp] = derive_processing(chip, reading, true);
  all[MeasureId::bits_x_tops] = all[MeasureId::computed_tpp];
  all[MeasureId::tops] = derive_processing(chip, reading, false);
  all[MeasureId::tpp] = all[MeasureId::computed_tpp];
  if (const Sourced* declared = chip.find(Field::declared_tpp)) {
    all[MeasureId::declared_tpp] = stated(*declared, "declared", "");
    all[MeasureId::tpp] = all[MeasureId::declared_tpp];
  }
  override_with(chip, Field::tpp, all[MeasureId::tpp]);
  if (chip.find(Field::tpp) != nullptr && all[MeasureId::computed_tpp].value.is_unknown()) {
    all[MeasureId::bits_x_tops] = all[MeasureId::tpp];
  }
  all[MeasureId::applicable_die_area] = derive_applicable_die_area(chip, technology);
  all[MeasureId::performance_density] = derive_density(all[MeasureId::tpp], all[MeasureId::applicable_die_area]);
  override_with(chip, Field::performance_density, all[MeasureId::performance_density]);
  all[MeasureId::aggregate_bidirectional_rate] = derive_link_rate(chip, technology);
  all[MeasureId::interconnect_bandwidth] = all[MeasureId::aggregate_bidirectional_rate];
  override_with(chip, Field::aggregate_bidirectional_rate, all[MeasureId::aggregate_bidirectional_rate]);
  override_with(chip, Field::interconnect_bandwidth, all[MeasureId::interconnect_bandwidth]);
  all[MeasureId::dram_bandwidth] = derive_dram_bandwidth(chip, technology);
  override_with(chip, Field::dram_bandwidth, all[MeasureId::dram_bandwidth]);
  all[MeasureId::efficiency] = derive_efficiency(chip);
  all[MeasureId::transistors] = per_package(chip, Field::transistors);
  return all;
}

}  // namespace brightline::chip
