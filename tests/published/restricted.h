// The question of Ning and Wentzlaff (ISCA 2025) put to a search of ours: what the best Ampere-class designs below a limit on
// processing gain over an A100 that was cut to fit. Docs: docs/isca2025.md.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/model_world.h"
#include "search/bound.h"
#include "search/design_case.h"

namespace brightline::published {

/// Law and data, loaded once.
class World {
 public:
  explicit World(const std::string& root);

  [[nodiscard]] search::Space space() const;
  /// What is asked: a day's law, a space, and the one layer of GPT-3 or all of them that four devices share.
  struct Question {
    search::Space space;
    std::string day;
    search::WantedStanding wanted = search::WantedStanding::none;
    bool whole = false;         ///< all layers and the serving program; else the operators of one layer
    double most_die = 0;        ///< mm2; 0: the reticle
    bool power = false;         ///< hold designs to the space's power
    std::vector<double> weights{1, 1};  ///< of prefill and decode
  };
  [[nodiscard]] std::unique_ptr<search::DesignCase> ask(const Question& question);

 private:
  std::string root_;
  law::Law law_;
  app::ModelWorld data_;
  workload::Models models_;     ///< GPT-3 alone, its context long enough
  workload::Models one_layer_;
  std::unique_ptr<search::CodeBook> codes_;
};

inline constexpr const char* first_rule = "2023-06-01";   ///< a day under the rule of October 2022
inline constexpr const char* second_rule = "2024-06-01";  ///< and under that of October 2023

/// The space with one field held at a value.
search::Space held(search::Space space, std::string_view field, double value);

/// A100 as a design: what its product has switched on.
model::Design a100();
/// Cut to fit by cores: the most that stay below the rule's limit with links as they were.
model::Design fewer_cores();
/// Cut to fit by links, as A800 was.
model::Design slower_links();

struct Seconds {
  double prefill = 0, decode = 0;
};
Seconds seconds_of(const search::DesignQuestion& question, const model::Design& design);
double tpp_of(const search::DesignQuestion& question, const model::Design& design);

struct Best {
  model::Design design;
  bool proven = false;
  double seconds = 0;           ///< that the search took
  std::uint64_t evaluated = 0;
};
Best best_of(const search::DesignQuestion& question, const model::Design& start);

/// Fields that make one thing, moved together.
struct Part {
  const char* name;
  std::vector<std::string_view> fields;
};
const std::vector<Part>& parts();
/// `from` with one part as `to` has it.
model::Design with_part(const model::Design& from, const model::Design& to, const Part& part);

/// Designs drawn at random at nearly one TPP, a part of them held at the value of `at` where it is named.
std::vector<model::Design> drawn(const search::DesignQuestion& question, const model::Design& at, const Part* fixed, double most_tpp, int count, std::uint64_t seed);

/// How wide a distribution is.
struct Spread {
  double variation = 0;  ///< standard deviation over mean
  double range = 0;      ///< (most - least) / least
};
Spread spread_of(std::vector<double> values);

/// The least area in mm2 a design with so much TPP must count to be had in the standing asked for; 0: any will do.
double area_needed(const search::DesignQuestion& question, const model::Design& design);

}  // namespace brightline::published
