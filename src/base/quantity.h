// Quantities with a dimension, for the engines: no bare double with a dimension crosses a header.
// Law and catalogue keep exact decimals (base/exact.h, base/quantity_text.h); this is their form for computing.
#pragma once
#include <compare>

namespace brightline::base {

/// Exponents of time (s), data (byte), operations, length (m), energy (J) and money (USD).
struct Dimension {
  int time = 0, data = 0, operation = 0, length = 0, energy = 0, money = 0;
  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
  friend constexpr Dimension operator+(const Dimension& a, const Dimension& b) {
    return {a.time + b.time,     a.data + b.data,     a.operation + b.operation,
            a.length + b.length, a.energy + b.energy, a.money + b.money};
  }
  friend constexpr Dimension operator-(const Dimension& a, const Dimension& b) {
    return {a.time - b.time,     a.data - b.data,     a.operation - b.operation,
            a.length - b.length, a.energy - b.energy, a.money - b.money};
  }
};

/// One double in base units (s, byte, operation, m, J, USD) that knows its dimension.
template <Dimension D>
struct Quantity {
  double base = 0;

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.base + b.base}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.base - b.base}; }
  friend constexpr Quantity operator*(Quantity a, double k) { return {a.base * k}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return {a.base * k}; }
  friend constexpr Quantity operator/(Quantity a, double k) { return {a.base / k}; }
  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
};

template <Dimension A, Dimension B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  if constexpr (A + B == Dimension{}) {
    return a.base * b.base;
  } else {
    return Quantity<A + B>{a.base * b.base};
  }
}

template <Dimension A, Dimension B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  if constexpr (A == B) {
    return a.base / b.base;
  } else {
    return Quantity<A - B>{a.base / b.base};
  }
}

using Time = Quantity<Dimension{.time = 1}>;
using Data = Quantity<Dimension{.data = 1}>;
using Operations = Quantity<Dimension{.operation = 1}>;
using Length = Quantity<Dimension{.length = 1}>;
using Area = Quantity<Dimension{.length = 2}>;
using Energy = Quantity<Dimension{.energy = 1}>;
using Money = Quantity<Dimension{.money = 1}>;
using Frequency = Quantity<Dimension{.time = -1}>;
using Bandwidth = Quantity<Dimension{.time = -1, .data = 1}>;
using Rate = Quantity<Dimension{.time = -1, .operation = 1}>;
using Power = Quantity<Dimension{.time = -1, .energy = 1}>;
using Efficiency = Quantity<Dimension{.operation = 1, .energy = -1}>;
using BandwidthDensity = Quantity<Dimension{.time = -1, .data = 1, .length = -2}>;

}  // namespace brightline::base
