#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/study_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

namespace {

using search::LegalWord;

constexpr double percent = 100;
constexpr auto millionths = static_cast<double>(law::millionths);

double word(const search::Finalist& one, LegalWord id) { return static_cast<double>(at(one.words, id)) / millionths; }

// Cut off, not rounded: what lies below a line must not read as the line.
Cell below(double value, double places) {
  const double scale = std::pow(10, places);
  return Cell::number(base::Exact::ratio(static_cast<std::int64_t>(std::floor(value * scale)), static_cast<std::int64_t>(scale)).value_or(base::Exact()));
}

std::string spaced(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  if (out == "tpp") return "TPP";
  if (out == "performance density") return "density";
  if (out == "dram bandwidth") return "DRAM";
  if (out == "aggregate bidirectional rate") return "I/O";
  return out;
}

// "TPP < 2,400 (+0.77 % a hundredth)".
std::string price_text(const search::ShadowPrice& price) {
  const bool share = price.legal || price.limit == "die" || price.limit == "power" || price.limit == "cost";
  const std::string unit = price.unit.empty() ? "" : " " + price.unit;
  const std::string limit = spaced(price.limit) + (price.below ? price.legal ? " < " : " <= " : " > ") + rounded_text(price.at, 4) + unit;
  return limit + " (" + rounded_text(price.gain * percent, 2) + " % for " + (share ? "a hundredth" : rounded_text(price.moved, 3) + unit) + " more)";
}

std::string stops_text(const search::Finalist& one, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(most, one.prices.size()); ++i) out += (i > 0 ? "; " : "") + price_text(one.prices[i]);
  return out.empty() ? "no single limit" : out;
}

std::string answer_text(const search::Finalist& one) {
  const std::string requirement = one.judgement->answer.requirement();
  if (requirement == "none") return "free";
  return requirement == "licence" ? "licence, " + one.judgement->answer.review() : requirement;
}

void add_asked(std::string& out, const search::Study& study, const Terminal& terminal) {
  const search::DesignQuestion& q = study.asked->question;
  std::string tasks;
  for (std::size_t i = 0; i < q.tasks.size(); ++i) tasks += fmt::format("{}{} on {:g} devices", i > 0 ? ", " : "", q.tasks[i].id, q.tasks[i].devices);
  const bool lenient = study.asked->ask.assume == search::Assume::lenient;
  out += terminal.paint(Style::strong, fmt::format("The best designs: {}{}", wanted_text(study.asked->ask.wanted), lenient ? " (LENIENT: what is unknown counts as legal)" : "")) + "\n";
  out += paragraph(fmt::format("{} ({:.3g} designs), for {}; speeds are over {}", q.space.name, static_cast<double>(q.space.size()), tasks, q.space.reference), terminal.width, "  ");
}

void add_table(std::string& out, const search::Study& study, const Terminal& terminal) {
  Table table;
  table.columns = {{"role", "best at", Align::left, true, 12, 0},   {"tpp", "TPP", Align::right, false, 5, 0}, {"area", "area mm2", Align::right, false, 5, 2},
                   {"pd", "density", Align::right, false, 4, 3},    {"dram", "DRAM GB/s", Align::right, false, 5, 0}, {"io", "I/O GB/s", Align::right, false, 5, 2},
                   {"power", "W", Align::right, false, 3, 4},       {"cost", "USD", Align::right, false, 5, 3}};
  for (const search::Task& task : study.asked->question.tasks) table.columns.push_back({task.id, std::string(workload::phase_name(task.phase)), Align::right, false, 5, 0});
  table.columns.push_back({"nearest", "nearest product", Align::left, false, 8, 1});
  table.columns.push_back({"answer", "answer", Align::left, false, 6, 1});
  for (const search::Finalist& one : study.finalists) {
    std::vector<Cell> row{Cell(one.role + (one.proven || one.role == "frontier" ? "" : " (not proven)")), below(word(one, LegalWord::tpp), 1), Cell::number(word(one, LegalWord::applicable_die_area), 4),
                          below(word(one, LegalWord::tpp) / std::max(1.0, word(one, LegalWord::applicable_die_area)), 2), below(word(one, LegalWord::dram_bandwidth), 0),
                          below(word(one, LegalWord::interconnect_bandwidth), 0), Cell::number(one.power, 3), Cell::number(one.cost, 3)};
    for (std::size_t i = 0; i < one.seconds.size(); ++i) row.emplace_back(rounded_text(study.asked->question.tasks[i].reference_seconds / one.seconds[i], 3) + "x");
    row.emplace_back(one.nearest != nullptr ? one.nearest->described.chip->id : "-");
    row.emplace_back(answer_text(one), Style::quiet);
    table.add(std::move(row));
  }
  Terminal narrower = terminal;
  narrower.width -= 2;
  std::string text = to_screen(table, narrower);
  out += "  ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) out += "  ";
  }
}

void add_assumptions(std::string& out, const search::Study& study, const Terminal& terminal) {
  std::vector<std::string> said;
  for (const search::Finalist& one : study.finalists) {
    for (const law::Assumption& assumption : one.judgement->assumptions) {
      if (std::ranges::find(said, assumption.says) == said.end()) said.push_back(assumption.says);
    }
  }
  std::string all;
  for (const std::string& one : said) all += (all.empty() ? "" : "; ") + one;
  if (!all.empty()) out += terminal.paint(Style::quiet, paragraph("assumed: " + all, terminal.width, "  "));
}

void add_once(std::vector<std::string>& all, const std::string& one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

// What stands between these answers and a filing: what nobody has settled, and what a licence or a notice asks.
void add_open_points(std::string& out, const search::Study& study, const Terminal& terminal) {
  std::vector<std::string> points;
  double spare = 0;
  for (const search::Finalist& one : study.finalists) {
    spare = std::max(spare, one.design.spare * one.design.dies);
    for (const std::string& flag : one.judgement->answer.set_of(law::Verb::flag)) add_once(points, "flag " + flag);
    for (const std::string& point : one.judgement->unresolved) add_once(points, point);
    for (const law::CompiledClause* clause : law::standing(one.judgement->answer, law::Verb::oblige)) add_once(points, "condition: " + clause->clause->says);
  }
  const bool tight = std::ranges::any_of(study.finalists, [](const search::Finalist& one) { return std::ranges::any_of(one.prices, [](const search::ShadowPrice& price) { return price.limit == "performance_density"; }); });
  if (spare > 0) points.push_back(fmt::format("up to {:.0f} mm2 of these dies do nothing but count in their area; whether the rule takes inert area is unconfirmed", spare));
  if (spare > 0 || tight) points.emplace_back("areas are modelled (median error 7 % on dies not fitted): a die that comes out smaller than stated has a higher density");
  if (!study.asked->question.space.datacenter) points.emplace_back("this rests on the chip being neither designed nor marketed for data centres");
  for (const std::string& point : points) out += terminal.paint(Style::warning, paragraph(point, terminal.width, "  open: "));
}

void add_certificate(std::string& out, const search::Study& study, const Terminal& terminal) {
  const bool proven = !study.stopped;
  if (study.boxes == 0) {
    out += paragraph(proven ? "Every design of the space was looked at: this is its frontier." : "A sweep of some designs: others of the space may be better.", terminal.width, "  ");
    return;
  }
  const double resolution = study.asked->question.resolution * percent;
  std::string text = proven ? fmt::format("Proven: in this model no design of the space is better by {:g} % or more; the whole tree of the proof was gone through anew. The table shows the winners polished: any whole value near them.", resolution)
                     : std::isfinite(study.gap) ? fmt::format("Stopped: a design of the space may be better by up to {:.2g} %.", study.gap * percent)
                                                : "Stopped before all of the space was bounded: by how much another design may be better is unknown.";
  double flipped = 0;
  double regret = 0;
  for (const search::Finalist& one : study.finalists) {
    flipped = std::max(flipped, one.flips.flipped);
    regret = std::max(regret, one.flips.most_regret);
  }
  if (!study.finalists.empty() && study.finalists.front().flips.draws > 0)
    text += fmt::format(" When times of kernels move within the spread of their measurements, another design nearby wins by over 1 % in at most {:.0f} % of {} draws; the dearest single kernel costs {:.2g} %.", flipped * percent, study.finalists.front().flips.draws, regret * percent);
  out += paragraph(text, terminal.width, "  ");
}

}  // namespace

std::string study_text(const search::Study& study, const Terminal& terminal) {
  std::string out;
  add_asked(out, study, terminal);
  if (study.finalists.empty()) {
    out += paragraph(study.stopped ? "  no design was found before the search was stopped" : "  no design of the space qualifies", terminal.width);
  } else {
    add_table(out, study, terminal);
    if (study.boxes > 0) out += terminal.paint(Style::quiet, "  what stops them") + "\n";
    for (const search::Finalist& one : study.finalists) {
      if (study.boxes > 0) out += paragraph(one.role + ": " + stops_text(one, 3), terminal.width, "    ");
    }
  }
  add_certificate(out, study, terminal);
  add_assumptions(out, study, terminal);
  add_open_points(out, study, terminal);
  if (study.sample.designs > 0) {
    std::string causes;
    for (std::size_t i = 1; i < search::rejections; ++i) {
      const std::uint64_t count = study.sample.rejected[i];
      if (count > 0) causes += fmt::format("{}{} {:.1f} %", causes.empty() ? "" : ", ", search::rejection_text(static_cast<search::Rejection>(i)), percent * static_cast<double>(count) / static_cast<double>(study.sample.designs));
    }
    out += paragraph(fmt::format("Of {} designs spread over the space: {}.", grouped(std::to_string(study.sample.designs)), causes.empty() ? "none is refused" : causes), terminal.width, "  ");
  }
  return out + "\n";
}

Table designs_table(std::span<const search::Study* const> studies) {
  Table table;
  table.columns = {{"space", "space", Align::left, false, 8, 0}, {"date", "date", Align::left, false, 8, 0}, {"standing", "standing", Align::left, false, 6, 0}, {"role", "role", Align::left, true, 12, 0},
                   {"tpp", "TPP", Align::right, false, 5, 0}, {"applicable_die_area_mm2", "area mm2", Align::right, false, 5, 1}, {"performance_density", "density", Align::right, false, 4, 1},
                   {"dram_bandwidth_gb_per_s", "DRAM GB/s", Align::right, false, 5, 0}, {"interconnect_bandwidth_gb_per_s", "I/O GB/s", Align::right, false, 5, 1}, {"power_w", "W", Align::right, false, 3, 2},
                   {"cost_usd", "USD", Align::right, false, 5, 2}, {"over_reference", "over reference", Align::left, false, 8, 0}, {"nearest_product", "nearest", Align::left, false, 8, 1},
                   {"requirement", "answer", Align::left, false, 6, 0}, {"gap", "gap", Align::right, false, 4, 3}, {"stops", "what stops it", Align::left, true, 16, 4}};
  for (const search::Study* const each : studies) {
    const search::Study& study = *each;
    for (const search::Finalist& one : study.finalists) {
      std::string over;
      for (std::size_t i = 0; i < one.seconds.size(); ++i) over += (i > 0 ? " " : "") + rounded_text(study.asked->question.tasks[i].reference_seconds / one.seconds[i], 4);
      const double area = word(one, LegalWord::applicable_die_area);
      table.add({Cell(study.asked->question.space.id), Cell(study.asked->ask.transaction.date.to_text()), Cell(std::string(search::wanted_name(study.asked->ask.wanted))), Cell(one.role),
                 below(word(one, LegalWord::tpp), 3), below(area, 2), below(area > 0 ? word(one, LegalWord::tpp) / area : 0, 4), below(word(one, LegalWord::dram_bandwidth), 2),
                 below(word(one, LegalWord::interconnect_bandwidth), 2), Cell::number(significant(one.power, 5), 4), Cell::number(significant(one.cost, 5), 4), Cell(over),
                 Cell(one.nearest != nullptr ? one.nearest->described.chip->id : ""), Cell(one.judgement->answer.requirement()), std::isfinite(one.gap) ? Cell::number(one.gap, 3) : Cell(), Cell(stops_text(one, 2))});
    }
  }
  return table;
}

}  // namespace brightline::report
