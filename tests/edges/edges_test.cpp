// Is every threshold tight on both sides? For each cut of each measure, in each version of the law, there must be facts for
// which the two sides differ. What makes no difference anywhere is idle; nothing of 3A090 or of the 2026 policy may be.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "edges/probe.h"

namespace brightline::tests {
namespace {

law::Law load() {
  base::Problems problems;
  law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
  base::stop_at(problems);
  return out;
}

// Days on which the same clauses stand, stayed alike, are one version.
std::string version_of(const law::Code& code) {
  std::string out;
  for (const law::CompiledClause& clause : code.clauses) out += clause.clause->id + (clause.stayed.empty() ? ";" : " stayed;");
  return out;
}

// A cut as a person names it: "tpp >= 4800".
struct Edge {
  std::string text;
  std::set<std::string> clauses;
  bool tight_somewhere = false;
  std::string idle_on;  ///< first day on which no facts tell the sides apart
};

bool is_core(const Edge& edge) {
  return std::ranges::any_of(edge.clauses, [](const std::string& id) { return id.starts_with("91-FR-1684:") || id.find(":3A090.") != std::string::npos || id.ends_with(":Note 2"); });
}

TEST(Edges, EveryLimitTellsItsTwoSidesApart) {
  const law::Law law = load();
  std::map<std::string, Edge> edges;
  std::set<std::string> versions;
  for (const law::Asked asked : {law::Asked::text, law::Asked::enforced}) {
    for (const base::Date day : law.change_days(asked)) {
      base::Problems problems;
      const law::Code code = law::compile(law, {day, asked, true}, problems);
      ASSERT_TRUE(problems.empty()) << render(problems);
      if (!versions.insert(version_of(code)).second) continue;
      for (const Cut& cut : cuts_of(code)) {
        Edge& edge = edges[cut.text];
        edge.text = cut.text;
        edge.clauses.insert(cut.clauses.begin(), cut.clauses.end());
        if (tells_apart(code, cut)) {
          edge.tight_somewhere = true;
        } else if (edge.idle_on.empty()) {
          edge.idle_on = day.to_text();
        }
      }
    }
  }
  std::size_t tight = 0;
  for (const auto& [text, edge] : edges) {
    const bool always = edge.idle_on.empty();
    tight += always ? 1 : 0;
    if (!always) std::printf("idle on %s: %s%s\n", edge.idle_on.c_str(), text.c_str(), edge.tight_somewhere ? ", tight on other days" : "");
    EXPECT_TRUE(always || !is_core(edge)) << text << " tells nothing apart on " << edge.idle_on;
  }
  std::printf("%zu limits in %zu versions: %zu tight on both sides whenever they stand\n", edges.size(), versions.size(), tight);
  EXPECT_GT(tight, 20U);
}

}  // namespace
}  // namespace brightline::tests
