// One question answered in full: the best designs for each workload and between them, proven, polished, priced and judged.
#pragma once
#include "search/design_chip.h"
#include "search/flips.h"
#include "search/shadow.h"
#include "search/sweep.h"

namespace brightline::search {

/// One point of the frontier.
struct Finalist {
  std::string role;              ///< "best at llama3-70b-decode", "best balance"
  std::vector<double> weights;   ///< of the tasks
  Found winner;                  ///< in the space
  model::Design in_space;        ///< the winner
  model::Design design;          ///< polished: every whole value allowed near it
  Score bound = no_score;        ///< nothing in the space scores more
  bool proven = false;
  double gap = 0;                ///< share by which something in the space might be better; infinite where nothing bounds it
  std::vector<double> seconds;   ///< of each task
  double die = 0, area = 0, power = 0, cost = 0;
  WordValues words{};
  std::unique_ptr<Judgement> judgement;
  std::vector<ShadowPrice> prices;
  const Product* nearest = nullptr;  ///< of the catalogue
  double distance = 0;               ///< to it, in the logarithms of TPP, memory and link bandwidth
  FlipRate flips;
};

struct StudyLimits {
  BoundLimits bound;
  std::uint64_t sample = 400'000;  ///< designs looked at to count rejections by cause
  int draws = 16;                  ///< of the calibration, for the flip rate; 0: none
  bool sweep = false;              ///< no proofs: what the sample shows is the answer
  std::vector<Figure> over;        ///< of the sweep's frontier; empty: the workloads' speeds
  std::function<void(double share, const SweepResult&)> swept;  ///< progress of the sweep
  std::size_t most_kept = 40;      ///< of the sweep's frontier, spread evenly along it
};

struct Study {
  const DesignCase* asked = nullptr;
  std::vector<Finalist> finalists;   ///< by the first task's time
  SweepResult sample{{}};
  std::uint64_t sample_stride = 1;
  std::uint64_t boxes = 0, evaluated = 0, leaves = 0;
  double seconds = 0;
  unsigned threads = 1;
  bool checked = false;              ///< every proof was gone through anew, and holds
  bool stopped = false;
  double gap = 0;                    ///< the widest of all points; infinite where one is not bounded
  std::vector<Product> products;
};

/// Products may be empty; then none is nearest.
Study run_study(const DesignCase& asked, const catalogue::Catalogue& catalogue, std::vector<Product> products, const StudyLimits& limits, base::Problems& problems);

}  // namespace brightline::search
