// Die area under the non-planar rule, links off the package, DRAM bandwidth.
#include <fmt/format.h>

#include "chip/derive.h"

namespace brightline::chip {

namespace {

using base::Exact;

struct Planarity {
  int planar = 0;
  int non_planar = 0;
};

Planarity count(const Accelerator& chip, const Technology& technology) {
  Planarity out;
  for (const std::string& id : chip.nodes) {
    const Node* node = technology.node(id);
    if (node != nullptr) ++(node->non_planar ? out.non_planar : out.planar);
  }
  return out;
}

/// One summand of the link rate.
struct Link {
  std::string name;
  Interval rate;
  Kind kind = Kind::datasheet;
  std::string missing;  ///< what is not known; empty when all is
};

Link scaleup(const Accelerator& chip) {
  const Sourced* rate = chip.find(Field::scaleup_bandwidth);
  if (rate == nullptr) return {"scale-up", {}, {}, "the rate of the scale-up links is not known"};
  return {"scale-up", rate->range, rate->kind, ""};
}

Interval lane_rate(const Interval& generation, const Technology& technology) {
  const auto rate_of = [&technology](const std::optional<Exact>& which) -> std::optional<Exact> {
    const BusGeneration* bus = which ? technology.bus(*which) : nullptr;
    return bus == nullptr ? std::nullopt : bus->rate.range.stated;
  };
  return {rate_of(generation.low), rate_of(generation.stated), rate_of(generation.high)};
}

Link system_bus(const Accelerator& chip, const Technology& technology) {
  const Sourced* lanes = chip.find(Field::pcie_lanes);
  const Sourced* generation = chip.find(Field::pcie_generation);
  if (lanes != nullptr && lanes->range == Interval::exactly(Exact(0))) return {"PCIe", lanes->range, lanes->kind, ""};
  if (lanes == nullptr || generation == nullptr) return {"PCIe", {}, {}, "lanes or generation of the system bus are not known"};
  const Interval rate = times(lane_rate(generation->range, technology), lanes->range);
  if (rate.is_unknown()) return {"PCIe", {}, {}, "no rate is known for this generation of the system bus"};
  return {"PCIe", rate, weaker(lanes->kind, generation->kind), ""};
}

}  // namespace

Measure derive_applicable_die_area(const Accelerator& chip, const Technology& technology) {
  Measure out = per_package(chip, Field::die_area);
  const Planarity dies = count(chip, technology);
  if (dies.planar > 0 && dies.non_planar == 0) {
    out.value = Interval::exactly(Exact(0));
    out.derivation = "no die on a non-planar node";
    out.note = "planar dies do not count, so there is no performance density";
    return out;
  }
  if (out.value.is_unknown()) {
    out.note = "the die area is not known";
    return out;
  }
  if (dies.planar > 0) {
    out.value.low = Exact(0);
    out.value.stated.reset();
    out.note = "some dies are planar and do not count; how much of the area they are is not known";
  } else if (dies.non_planar == 0) {
    out.note = "the node is not stated: taken as non-planar";
  }
  return out;
}

Measure derive_density(const Measure& tpp, const Measure& area) {
  Measure out;
  if (area.value == Interval::exactly(Exact(0))) {
    out.no_value = true;
    out.note = "no applicable die area: a density does not exist and no limit on it is met";
    return out;
  }
  out.value = over(tpp.value, area.value);
  if (out.value.is_unknown()) {
    out.note = tpp.value.is_unknown() ? "the TPP is not known" : "the applicable die area is not known";
    return out;
  }
  out.weakest = weaker(tpp.weakest, area.weakest);
  out.derivation = fmt::format("{} / {} = {}", to_text(tpp.value, ""), to_text(area.value, "mm2"), to_text(out.value, ""));
  out.note = area.note;
  return out;
}

Measure derive_link_rate(const Accelerator& chip, const Technology& technology) {
  std::vector<Link> links{scaleup(chip), system_bus(chip, technology)};
  if (const Sourced* other = chip.find(Field::other_io_bandwidth)) links.push_back({"other", other->range, other->kind, ""});
  const Interval packages = Interval::exactly(Exact(chip.packages));
  Measure out;
  Interval sum = Interval::exactly(Exact(0));
  bool any = false;
  for (const Link& link : links) {
    sum = plus(sum, link.rate);
    append(out.note, "; ", link.missing);
    if (link.rate.is_unknown()) continue;
    any = true;
    out.weakest = weaker(out.weakest, link.kind);
    append(out.derivation, " + ", fmt::format("{} {}", link.name, to_text(link.rate, "")));
  }
  if (!any) return out;
  out.value = over(sum, packages);
  if (chip.packages > 1) out.derivation = fmt::format("({}) / {} packages", out.derivation, chip.packages);
  out.derivation += " = " + to_text(out.value, "GB/s");
  return out;
}

Measure derive_dram_bandwidth(const Accelerator& chip, const Technology& technology) {
  const MemoryType* type = technology.memory(chip.text(Field::memory_type));
  const Sourced* other = chip.find(Field::dram_bandwidth_other);
  Measure out;
  if (type != nullptr && !type->dram) {
    out.value = Interval::exactly(Exact(0));
    out.weakest = chip.find(Field::memory_type)->kind;
    out.derivation = type->name + ": not DRAM";
  } else {
    out = per_package(chip, Field::memory_bandwidth);
    if (out.value.is_unknown()) out.note = "the memory bandwidth is not known";
  }
  if (other == nullptr) return out;
  const Measure more = per_package(chip, Field::dram_bandwidth_other);
  out.value = plus(out.value, more.value);
  out.weakest = weaker(out.weakest, more.weakest);
  append(out.derivation, " + ", more.derivation);
  append(out.note, "; ", other->note);
  return out;
}

}  // namespace brightline::chip
