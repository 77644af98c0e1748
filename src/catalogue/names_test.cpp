#include "catalogue/names.h"

#include <gtest/gtest.h>

#include "catalogue/catalogue.h"

namespace brightline::catalogue {
namespace {

const Catalogue& everything() {
  static const Catalogue all = [] {
    base::Problems problems;
    return load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  }();
  return all;
}

struct Expected {
  const char* text;
  const char* maker;
  const char* line;
  const char* described_in;
  const char* chip;
};

TEST(Names, are_read_as_stock_lists_write_them) {
  const Expected all[] = {
      {"NVIDIA H20 NVL16", "nvidia", "H20", "5A992.c", ""},
      {"A100 SXM 80GB", "nvidia", "A100", "", "a100-sxm-80"},
      {"Gaudi 2 (24 ports)", "intel", "Gaudi2", "", ""},
      {"Intel Gaudi 2", "intel", "Gaudi2", "", "gaudi2"},
      {"Intel Gaudi 2 HL-225B (21 ports, China)", "intel", "Gaudi2", "", ""},
      {"AMD MI250X", "amd", "MI250X", "", "mi250x"},
      {"AMD MI250", "amd", "MI250", "", "mi250"},
      {"A100X", "", "", "", ""},
      {"RTX 6000D", "nvidia", "RTX6000D", "", "rtx6000d"},
      {"NVIDIA RTX 6000 Ada", "nvidia", "RTX6000Ada", "", "rtx6000ada"},
      {"RTX4090", "nvidia", "RTX4090", "", "rtx4090"},
      {"GeForce RTX 4090D", "nvidia", "RTX4090D", "", "rtx4090d"},
      {"NVIDIA GeForce RTX 5090 D V2", "nvidia", "RTX5090DV2", "", "rtx5090dv2"},
      {"NVIDIA HGX B200", "nvidia", "B200", "5A992.c", "b200"},
      {"NVIDIA DGX H800", "nvidia", "H800", "5A002", ""},
      {"NVIDIA A800 (HGX)", "nvidia", "A800", "", ""},
      {"NVIDIA H20 (HGX)", "nvidia", "H20", "", ""},
      {"NVIDIA H100 SXM (HGX)", "nvidia", "H100", "", "h100-sxm"},
      {"NVIDIA GH200 96GB", "nvidia", "GH200", "4A003", "gh200-96"},
      {"NVIDIA GB300 board", "nvidia", "GB300", "5A992.c", "gb300"},
      {"NVIDIA Jetson AGX Thor", "nvidia", "JetsonThor", "5A992.c", "jetson-thor-t5000"},
      {"NVIDIA RTX PRO 6000 Server Ed.", "nvidia", "RTXPRO6000", "", "rtxpro6000-server"},
      {"NVIDIA L40", "nvidia", "L40", "", "l40"},
      {"L40S 48GB", "nvidia", "L40S", "", "l40s"},
      {"Huawei Ascend 910B", "huawei", "Ascend910B", "", ""},
      {"Ascend 910B3", "huawei", "Ascend910B", "", "ascend910b3"},
      {"Groq LPU v1", "groq", "LPU", "", "groq-lpu1"},
      {"HBM3 stack (819 GB/s, 121 mm2)", "", "", "", ""},
      {"", "", "", "", ""},
  };
  for (const Expected& one : all) {
    const NameReading reading = everything().read_name(one.text);
    EXPECT_EQ(reading.maker, one.maker) << one.text;
    EXPECT_EQ(reading.product_line, one.line) << one.text;
    EXPECT_EQ(reading.described_in, one.described_in) << one.text;
    EXPECT_EQ(reading.chip, one.chip) << one.text;
  }
}

TEST(Names, every_product_is_found_under_its_own_name) {
  for (const auto& chip : everything().accelerators) {
    EXPECT_EQ(everything().read_name(chip.vendor + " " + chip.name).product_line, chip.product_line) << chip.name;
  }
}

TEST(Atoms, a_word_may_not_go_on_behind_a_match) {
  EXPECT_EQ(find_words(atoms_of("AMD MI250 OAM"), atoms_of("MI250")), 1);
  EXPECT_EQ(find_words(atoms_of("AMD MI250X"), atoms_of("MI250")), -1);
  EXPECT_EQ(find_words(atoms_of("xMI250"), atoms_of("MI250")), -1);
  EXPECT_EQ(find_words(atoms_of("rtx-4090 d"), atoms_of("RTX4090D")), 0);
}

}  // namespace
}  // namespace brightline::catalogue
