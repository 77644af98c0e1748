// A node's value, or where nobody states it that of the node nearest to it.
#pragma once
#include <algorithm>
#include <cmath>
#include <optional>

#include "chip/technology.h"
#include "model/stated.h"

namespace brightline::model {

/// `node` itself where it states `value`, else of those that do the nearest in logic density; null: nobody does.
inline const chip::Node* node_with(const chip::Technology& technology, const chip::Node& node, std::optional<chip::Sourced> chip::Node::* value) {
  if (node.*value) return &node;
  const chip::Node* nearest = nullptr;
  double least = 0;
  for (const chip::Node& other : technology.nodes) {
    if (!(other.*value) || stated(other.logic_density) <= 0 || stated(node.logic_density) <= 0) continue;
    const double apart = std::abs(std::log(stated(other.logic_density) / stated(node.logic_density)));
    if (nearest == nullptr || apart < least) {
      nearest = &other;
      least = apart;
    }
  }
  return nearest;
}

}  // namespace brightline::model
