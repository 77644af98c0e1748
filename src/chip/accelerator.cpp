#include "chip/accelerator.h"

namespace brightline::chip {

const Sourced* Accelerator::find(Field field) const {
  const auto found = values.find(field);
  return found == values.end() ? nullptr : &found->second;
}

Interval Accelerator::number(Field field) const {
  const Sourced* value = find(field);
  return value == nullptr ? Interval::unknown() : value->range;
}

std::string Accelerator::text(Field field) const {
  const Sourced* value = find(field);
  return value == nullptr ? std::string{} : value->text;
}

Answer has_hbm(const Accelerator& chip, const Technology& technology) {
  const MemoryType* memory = technology.memory(chip.text(Field::memory_type));
  if (memory == nullptr) return Answer::unknown;
  return memory->hbm ? Answer::yes : Answer::no;
}

}  // namespace brightline::chip
