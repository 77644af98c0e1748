#include "chip/technology.h"

#include <algorithm>

namespace brightline::chip {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const Node* Technology::node(std::string_view id) const {
  const auto found = std::ranges::find(nodes, id, &Node::id);
  return found == nodes.end() ? nullptr : &*found;
}

const MemoryType* Technology::memory(std::string_view name) const {
  const auto named = [name](const MemoryType& type) {
    return same_word(type.id, name) || same_word(type.name, name) ||
           std::ranges::any_of(type.called, [name](const std::string& called) { return same_word(called, name); });
  };
  const auto found = std::ranges::find_if(memories, named);
  return found == memories.end() ? nullptr : &*found;
}

const BusGeneration* Technology::bus(const base::Exact& generation) const {
  const auto is_it = [&](const BusGeneration& bus) { return base::Exact(bus.generation) == generation; };
  const auto found = std::ranges::find_if(buses, is_it);
  return found == buses.end() ? nullptr : &*found;
}

const AreaFacts::Constant* AreaFacts::constant(std::string_view name) const {
  const auto found = std::ranges::find(constants, name, &Constant::name);
  return found == constants.end() ? nullptr : &*found;
}

double DieFacts::count(std::string_view of) const {
  const auto found = std::ranges::find(counts, of, &Named<double>::name);
  return found == counts.end() ? 0 : found->value;
}

const PackagingFacts::Carrier* PackagingFacts::carrier(bool stacked_memory) const {
  const auto found = std::ranges::find(carriers, stacked_memory, &Carrier::stacked_memory);
  return found == carriers.end() ? nullptr : &*found;
}

}  // namespace brightline::chip
