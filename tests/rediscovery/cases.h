// What vendors shipped, as questions to a search: read from cases.toml, asked, and written as rows of docs/rediscovery.md.
#pragma once
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "app/model_world.h"
#include "search/design_case.h"
#include "search/shadow.h"

namespace brightline::tests {

/// What a case may be held to, of a design or a product.
enum class Measured { tpp, density, area, memory, links };
inline constexpr std::array measured_names{std::string_view("tpp"), std::string_view("density"), std::string_view("area"), std::string_view("memory"), std::string_view("links")};
using MeasuredValues = std::array<double, measured_names.size()>;

struct Expected {
  Measured measure = Measured::tpp;
  double from = 0, below = std::numeric_limits<double>::infinity();
  std::string why;
  [[nodiscard]] bool met(double value) const { return from <= value && value < below; }
};

struct Case {
  std::string id, space, maker, claim, missed_because;
  std::string wanted = "none";
  std::string sold_in_us;  ///< empty: as is assumed
  base::Date day;
  std::vector<std::string> workloads, with, shipped;
  double devices = 0, most_die = 0;  ///< 0: as usual; the space's
  std::vector<Expected> expected;
};

/// BadInput when the file is wrong.
const std::vector<Case>& cases();

struct CaseAnswer {
  bool found = false, proven = false, proof_holds = false;
  std::string why;           ///< of a proof that does not hold
  model::Design design;      ///< polished
  MeasuredValues values{};
  double power = 0, cost = 0;
  double speed = 0;          ///< over the reference, geometric mean of the workloads
  std::vector<search::ShadowPrice> prices;
  std::uint64_t boxes = 0, evaluated = 0;
  double seconds = 0;

  MeasuredValues unruled{};  ///< of the best design on a day before any of the rules; all 0 where none is

  /// Empty where all is met.
  [[nodiscard]] std::vector<Expected> missed(const Case& one) const;
  /// Would the criterion be met without any rule? Then it tells nothing.
  [[nodiscard]] bool met_unruled(const Case& one) const;
};

const app::ModelWorld& world();
/// The question, and the law it points into for as long as the program runs.
std::unique_ptr<search::DesignCase> asked(const Case& one);
CaseAnswer answer(const Case& one);

/// Rows of docs/rediscovery.md; each begins with the case's id.
std::string outcome_rows(const Case& one, const CaseAnswer& answer);
std::string limits_row(const Case& one, const CaseAnswer& answer);
std::string criterion_row(const Case& one);

}  // namespace brightline::tests
