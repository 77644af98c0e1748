// Rates into scores: TPP, bits x TOPS, TOPS, TFLOPS per watt.
#include <fmt/format.h>

#include "chip/derive.h"

namespace brightline::chip {

namespace {

using base::Exact;

struct Scored {
  const PrecisionInfo* precision = nullptr;
  Interval rate;
  Interval score;
  Kind kind = Kind::datasheet;
};

std::vector<Scored> scores(const Accelerator& chip, const Reading& reading, bool with_bits) {
  const Interval packages = Interval::exactly(Exact(chip.packages));
  std::vector<Scored> known;
  for (const PrecisionInfo& precision : precisions) {
    const Sourced* rate = chip.find(precision.rate);
    if (rate == nullptr || rate->range.is_unknown()) continue;
    const Interval weight = Interval::exactly(Exact(with_bits ? bit_length(precision, reading) : 1));
    known.push_back({&precision, rate->range, over(times(rate->range, weight), packages), rate->kind});
  }
  return known;
}

bool any_of_length(const std::vector<Scored>& known, int bits) {
  for (const Scored& one : known) {
    if (one.precision->id != Precision::tf32 && one.precision->bits == bits) return true;
  }
  return false;
}

// The one whose stated score is largest; where several are equal, the shortest, because it is the one people quote.
const Scored* deciding(const std::vector<Scored>& known) {
  const Scored* best = nullptr;
  for (const Scored& one : known) {
    if (!one.score.stated) continue;
    if (best == nullptr || *one.score.stated >= *best->score.stated) best = &one;
  }
  return best;
}

std::string describe(const Scored& best, const Accelerator& chip, const Reading& reading, bool with_bits) {
  std::string text = fmt::format("{} {} {}", best.precision->name, best.rate.stated->to_text(3), info(best.precision->rate).unit);
  if (with_bits) text += fmt::format(" x {} bits", bit_length(*best.precision, reading));
  if (chip.packages > 1) text += fmt::format(" / {} packages", chip.packages);
  return text + fmt::format(" = {}", best.score.stated->to_text(3));
}

void note_missing(const std::vector<Scored>& known, Measure& out) {
  const bool sixteen = any_of_length(known, 16);
  const bool eight = any_of_length(known, 8);
  if (!sixteen && !eight && !any_of_length(known, 4)) {
    out.value.stated.reset();
    out.value.high.reset();
    append(out.note, "; ", "no rate at 16, 8 or 4 bits is known: a lower bound only");
  } else if (!sixteen || !eight) {
    append(out.note, "; ", fmt::format("no {}-bit rate is known: it could be higher", sixteen ? 8 : 16));
  }
}

}  // namespace

Measure derive_processing(const Accelerator& chip, const Reading& reading, bool with_bits) {
  Measure out;
  const std::vector<Scored> known = scores(chip, reading, with_bits);
  if (known.empty()) {
    out.note = "no peak rate is known";
    return out;
  }
  out.value = known.front().score;
  for (const Scored& one : known) out.value = larger(out.value, one.score);
  const Scored* best = deciding(known);
  if (best != nullptr) {
    out.value.stated = best->score.stated;
    out.weakest = best->kind;
    out.derivation = describe(*best, chip, reading, with_bits);
    if (with_bits && best->precision->id == Precision::tf32) {
      append(out.note, "; ", fmt::format("decided by TF32, read as {} bits: the text does not say", reading.tf32_bits));
    }
  }
  note_missing(known, out);
  return out;
}

Measure derive_efficiency(const Accelerator& chip) {
  Measure out;
  const Sourced* power = chip.find(Field::board_power);
  const Sourced* fp16 = chip.find(Field::fp16);
  const Sourced* bf16 = chip.find(Field::bf16);
  if (power == nullptr || (fp16 == nullptr && bf16 == nullptr)) {
    out.note = power == nullptr ? "the rated power is not known" : "no 16-bit rate is known";
    return out;
  }
  const bool use_bf16 = fp16 == nullptr || (bf16 != nullptr && bf16->range.stated > fp16->range.stated);
  const Sourced& rate = use_bf16 ? *bf16 : *fp16;
  out.value = over(rate.range, power->range);
  out.weakest = weaker(rate.kind, power->kind);
  out.derivation = fmt::format("{} {} / {} = {}", use_bf16 ? "bf16" : "fp16", to_text(rate.range, "TFLOPS"), to_text(power->range, "W"),
                               to_text(out.value, "TFLOPS/W"));
  return out;
}

Measure per_package(const Accelerator& chip, Field field) {
  Measure out;
  const Sourced* value = chip.find(field);
  if (value == nullptr) return out;
  out.value = over(value->range, Interval::exactly(Exact(chip.packages)));
  out.weakest = value->kind;
  out.derivation = to_text(value->range, info(field).unit);
  if (chip.packages > 1) {
    out.derivation += fmt::format(" / {} packages = {}", chip.packages, to_text(out.value, info(field).unit));
  }
  return out;
}

void append(std::string& text, std::string_view separator, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += separator;
  text += more;
}

}  // namespace brightline::chip
