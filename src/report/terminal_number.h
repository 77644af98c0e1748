// Numbers as people read them, and how near a value is to its line.
#pragma once
#include <string>
#include <string_view>

#include "base/exact.h"

namespace brightline::report {

/// The digits of a written number in groups of three: "26900000" gives "26,900,000".
std::string grouped(std::string_view number);

/// `value` with at most `places` decimals, grouped, without zeros at the end: "2,368", "5.92".
std::string number_text(const base::Exact& value, int places = 3);

/// The same with its unit: "3,350 GB/s"; a percentage, too, stands off from its sign.
std::string quantity_text(const base::Exact& value, std::string_view unit, int places = 3);

/// `value` to `digits` significant digits, grouped: what a model computed deserves no more.
std::string rounded_text(double value, int digits = 3);
/// `value` with so many digits that count, as a number: what a document says of a figure computed.
double significant(double value, int digits);

/// `value` as a share of `limit`, never rounded onto the line: 99.96 % of it reads "99.9 %", and only equality "100 %".
std::string share_text(const base::Exact& value, const base::Exact& limit);

/// Where a value stands before or beyond its line: "████████░│    98.7 %". `width` columns lead up to the line, three lie
/// beyond it. The bar touches the line only when the value does. Empty when the limit is not positive.
std::string margin_bar(const base::Exact& value, const base::Exact& limit, int width = 9);

}  // namespace brightline::report
