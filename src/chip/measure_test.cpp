#include "chip/measure.h"

#include <gtest/gtest.h>

namespace brightline::chip {
namespace {

using base::Exact;

Exact number(const char* text) { return *Exact::parse(text); }

Sourced exactly(const char* text) {
  Sourced value;
  value.range = Interval::exactly(number(text));
  value.kind = Kind::datasheet;
  return value;
}

Sourced between(const char* low, const char* stated, const char* high) {
  Sourced value = exactly(stated);
  value.range.low = number(low);
  value.range.high = number(high);
  return value;
}

Sourced called(const char* text) {
  Sourced value;
  value.text = text;
  return value;
}

Technology technology() {
  Technology out;
  out.nodes.push_back({.id = "finfet",
                       .foundry = "",
                       .name = "",
                       .transistor = "",
                       .non_planar = true,
                       .first_volume_year = {},
                       .logic_density = {},
                       .sram_bitcell = {},
                       .defect_density = {},
                       .wafer_price = {}});
  out.nodes.push_back(out.nodes.front());
  out.nodes.back().id = "planar";
  out.nodes.back().non_planar = false;
  out.memories.resize(2);
  out.memories[0].id = "hbm3";
  out.memories[0].hbm = true;
  out.memories[1].id = "sram";
  out.memories[1].dram = false;
  out.buses.push_back({5, exactly("8")});
  return out;
}

Accelerator hopper() {
  Accelerator chip;
  chip.nodes = {"finfet"};
  chip.values[Field::fp16] = exactly("989.4");
  chip.values[Field::fp8] = exactly("1978.9");
  chip.values[Field::die_area] = exactly("814");
  return chip;
}

TEST(Measure, tpp_is_the_largest_rate_times_bit_length) {
  const Measures all = measure(hopper(), technology());
  EXPECT_EQ(all[MeasureId::tpp].value, Interval::exactly(number("15831.2")));
  EXPECT_EQ(all[MeasureId::tpp].derivation, "fp8 1978.9 TFLOPS x 8 bits = 15831.2");
  EXPECT_EQ(all[MeasureId::tops].value, Interval::exactly(number("1978.9")));
  EXPECT_EQ(all[MeasureId::performance_density].value.stated, over(number("15831.2"), Exact(814)));
}

TEST(Measure, the_declared_tpp_governs_and_the_computed_one_stays_visible) {
  Accelerator chip = hopper();
  chip.values[Field::declared_tpp] = exactly("15840");
  const Measures all = measure(chip, technology());
  EXPECT_EQ(all[MeasureId::tpp].value, Interval::exactly(Exact(15840)));
  EXPECT_EQ(all[MeasureId::computed_tpp].value, Interval::exactly(number("15831.2")));
}

TEST(Measure, four_bit_rates_count) {
  Accelerator chip = hopper();
  chip.values[Field::fp4] = exactly("4000");
  EXPECT_EQ(measure(chip, technology())[MeasureId::tpp].value, Interval::exactly(Exact(16000)));
}

TEST(Measure, the_bits_of_tf32_are_a_reading) {
  Accelerator chip;
  chip.values[Field::tf32] = exactly("190");
  chip.values[Field::bf16] = exactly("190");
  EXPECT_EQ(measure(chip, technology())[MeasureId::tpp].value.stated, Exact(6080));
  EXPECT_NE(measure(chip, technology())[MeasureId::tpp].note.find("decided by TF32"), std::string::npos);
  EXPECT_EQ(measure(chip, technology(), {.tf32_bits = 19})[MeasureId::tpp].value.stated, Exact(3610));
}

TEST(Measure, without_tensor_rates_there_is_only_a_lower_bound) {
  Accelerator chip;
  chip.values[Field::fp32] = exactly("97");
  EXPECT_EQ(measure(chip, technology())[MeasureId::tpp].value, Interval::at_least(Exact(3104)));
}

TEST(Measure, without_rates_tpp_is_unknown_unless_declared) {
  Accelerator chip;
  EXPECT_TRUE(measure(chip, technology())[MeasureId::tpp].value.is_unknown());
  chip.values[Field::declared_tpp] = exactly("4750");
  EXPECT_EQ(measure(chip, technology())[MeasureId::tpp].value, Interval::exactly(Exact(4750)));
}

TEST(Measure, everything_is_per_package) {
  Accelerator chip = hopper();
  chip.packages = 4;
  chip.values[Field::memory_bandwidth] = exactly("800");
  chip.values[Field::scaleup_bandwidth] = exactly("0");
  chip.values[Field::pcie_generation] = exactly("5");
  chip.values[Field::pcie_lanes] = exactly("64");
  const Measures all = measure(chip, technology());
  EXPECT_EQ(all[MeasureId::tpp].value, Interval::exactly(number("3957.8")));
  EXPECT_EQ(all[MeasureId::applicable_die_area].value, Interval::exactly(number("203.5")));
  EXPECT_EQ(all[MeasureId::dram_bandwidth].value, Interval::exactly(Exact(200)));
  EXPECT_EQ(all[MeasureId::interconnect_bandwidth].value, Interval::exactly(Exact(128)));
}

TEST(Measure, planar_dies_do_not_count_and_then_there_is_no_density) {
  Accelerator chip = hopper();
  chip.nodes = {"planar"};
  const Measures all = measure(chip, technology());
  EXPECT_EQ(all[MeasureId::applicable_die_area].value, Interval::exactly(Exact(0)));
  EXPECT_TRUE(all[MeasureId::performance_density].no_value);
  EXPECT_TRUE(all[MeasureId::performance_density].value.is_unknown());
}

TEST(Measure, a_mix_of_planar_and_non_planar_dies_leaves_bounds) {
  Accelerator chip = hopper();
  chip.nodes = {"planar", "finfet"};
  const Interval expected{Exact(0), std::nullopt, Exact(814)};
  EXPECT_EQ(measure(chip, technology())[MeasureId::applicable_die_area].value, expected);
}

TEST(Measure, an_unstated_node_is_taken_as_non_planar_and_says_so) {
  Accelerator chip = hopper();
  chip.nodes.clear();
  const Measure area = measure(chip, technology())[MeasureId::applicable_die_area];
  EXPECT_EQ(area.value, Interval::exactly(Exact(814)));
  EXPECT_EQ(area.note, "the node is not stated: taken as non-planar");
}

TEST(Measure, an_area_with_doubt_gives_a_density_with_doubt) {
  Accelerator chip = hopper();
  chip.values[Field::die_area] = between("800", "800", "1000");
  chip.values[Field::declared_tpp] = exactly("4000");
  const Interval expected{Exact(4), Exact(5), Exact(5)};
  EXPECT_EQ(measure(chip, technology())[MeasureId::performance_density].value, expected);
}

TEST(Measure, links_add_up_and_an_unknown_one_leaves_a_lower_bound) {
  Accelerator chip;
  chip.values[Field::scaleup_bandwidth] = exactly("900");
  EXPECT_EQ(measure(chip, technology())[MeasureId::interconnect_bandwidth].value, Interval::at_least(Exact(900)));
  chip.values[Field::pcie_generation] = exactly("5");
  chip.values[Field::pcie_lanes] = exactly("16");
  const Measure rate = measure(chip, technology())[MeasureId::aggregate_bidirectional_rate];
  EXPECT_EQ(rate.value, Interval::exactly(Exact(1028)));
  EXPECT_EQ(rate.derivation, "scale-up 900 + PCIe 128 = 1028 GB/s");
  chip.values[Field::other_io_bandwidth] = exactly("900");
  EXPECT_EQ(measure(chip, technology())[MeasureId::interconnect_bandwidth].value, Interval::exactly(Exact(1928)));
}

TEST(Measure, a_bus_without_lanes_is_no_bus) {
  Accelerator chip;
  chip.values[Field::scaleup_bandwidth] = exactly("400");
  chip.values[Field::pcie_lanes] = exactly("0");
  EXPECT_EQ(measure(chip, technology())[MeasureId::interconnect_bandwidth].value, Interval::exactly(Exact(400)));
}

TEST(Measure, sram_is_not_dram) {
  Accelerator chip;
  chip.values[Field::memory_type] = called("SRAM");
  chip.values[Field::memory_bandwidth] = exactly("80000");
  EXPECT_EQ(measure(chip, technology())[MeasureId::dram_bandwidth].value, Interval::exactly(Exact(0)));
  EXPECT_EQ(has_hbm(chip, technology()), Answer::no);
}

TEST(Measure, what_the_file_states_overrides_the_derivation) {
  Accelerator chip = hopper();
  chip.values[Field::tpp] = exactly("2368");
  chip.values[Field::performance_density] = exactly("2.9");
  chip.values[Field::interconnect_bandwidth] = exactly("1000");
  chip.values[Field::dram_bandwidth] = exactly("1300");
  const Measures all = measure(chip, technology());
  EXPECT_EQ(all[MeasureId::tpp].value, Interval::exactly(Exact(2368)));
  EXPECT_EQ(all[MeasureId::performance_density].value, Interval::exactly(number("2.9")));
  EXPECT_EQ(all[MeasureId::interconnect_bandwidth].value, Interval::exactly(Exact(1000)));
  EXPECT_EQ(all[MeasureId::dram_bandwidth].value, Interval::exactly(Exact(1300)));
  EXPECT_TRUE(all[MeasureId::aggregate_bidirectional_rate].value.is_unknown());
}

TEST(Measure, a_result_is_as_good_as_its_weakest_input) {
  Accelerator chip = hopper();
  chip.values[Field::die_area].kind = Kind::estimate;
  EXPECT_EQ(measure(chip, technology())[MeasureId::performance_density].weakest, Kind::estimate);
}

TEST(Measure, efficiency_is_the_dense_16_bit_rate_per_watt) {
  Accelerator chip;
  chip.values[Field::fp16] = exactly("148");
  chip.values[Field::board_power] = between("400", "500", "550");
  const Interval value = measure(chip, technology())[MeasureId::efficiency].value;
  EXPECT_EQ(value.stated, number("0.296"));
  EXPECT_EQ(value.high, number("0.37"));
}

}  // namespace
}  // namespace brightline::chip
