#include "app/batch.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <unordered_map>

#include "app/read_input.h"
#include "base/csv.h"
#include "base/json.h"
#include "law/describe.h"
#include "report/judge_document.h"
#include "search/code_book.h"
#include "search/products.h"

namespace brightline::app {

namespace {

/// What a column of the batch format says: up to two words take its value.
struct KnownColumn {
  std::string_view name;
  std::array<std::string_view, 2> words;
};
constexpr std::array known_columns{
    KnownColumn{"item_kind", {"item_kind", ""}},
    KnownColumn{"designed_or_marketed_for_datacenter", {"datacenter", ""}},
    KnownColumn{"tpp", {"tpp", "bits_x_tops"}},
    KnownColumn{"die_area_mm2", {"applicable_die_area", ""}},
    KnownColumn{"pd", {"performance_density", ""}},
    KnownColumn{"dram_bw_gbs", {"dram_bandwidth", ""}},
    KnownColumn{"io_bidir_gbs", {"aggregate_bidirectional_rate", "interconnect_bandwidth"}},
    KnownColumn{"mem_bw_density", {"memory_bandwidth_density", ""}},
    KnownColumn{"destination", {"destination", ""}},
    KnownColumn{"party_hq", {"headquarters", ""}},
    KnownColumn{"action", {"action", ""}},
};
constexpr std::array answer_columns{"paragraph", "label", "requirement", "exceptions", "review", "because", "missing", "margin",
                                    "licence",   "duty",  "flags",       "cn_status",  "note", "problem"};
constexpr std::array measures{"tpp", "applicable_die_area", "performance_density", "dram_bandwidth", "interconnect_bandwidth", "memory_bandwidth_density"};

/// What to do with a column.
struct ColumnUse {
  enum class Kind { pass, id, chip, date, place, words };
  Kind kind = Kind::pass;
  std::vector<std::size_t> words;
  std::string name;  ///< as the header writes it: by that the user knows it
};

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ";") + value;
  return out;
}

class Batch {
 public:
  Batch(const JudgeOptions& options, const World& world, Streams& streams)
      : world_(world), streams_(streams), codes_(world.law), transaction_(read_transaction(options.transaction, world.catalogue.references, problems_)) {
    law::Facts scratch(world.law);
    search::apply(transaction_, scratch, problems_);  // what is wrong with an option is wrong for every row
    base::stop_at(problems_);
    has_date_ = !options.transaction.on.empty();
    for (const char* word : measures) measured_.push_back(world.law.vocabulary.at(word));
  }

  int run(std::string_view text, const std::string& file) {
    base::CsvReader reader(text);
    std::vector<std::string_view> cells;
    if (!reader.next(cells)) base::refuse(file, "the file has no header row", "the first row names the columns: id,chip,tpp,...");
    read_header(cells, file);
    const std::size_t columns = cells.size();
    while (reader.next(cells)) {
      const std::string problem = cells.size() == columns ? std::string() : fmt::format("line {} has {} cells, the header {}", reader.line(), cells.size(), columns);
      cells.resize(columns);
      row(cells, reader.broken() ? fmt::format("line {}: a quote is never closed", reader.line()) : problem);
      if (out_.size() > flush_at) flush();
    }
    flush();
    if (bad_rows_ == 0) return done;
    streams_.err << fmt::format("{}: {} of {} rows could not be judged; see the column 'problem'\n", file, bad_rows_, rows_);
    return bad_input;
  }

 private:
  static constexpr std::size_t flush_at = 1 << 20;

  void read_header(const std::vector<std::string_view>& cells, const std::string& file) {
    const auto& vocabulary = world_.law.vocabulary;
    bool any = false;
    for (const std::string_view cell : cells) {
      ColumnUse use;
      use.name = cell;
      if (cell == "chip") use.kind = ColumnUse::Kind::chip;
      if (cell == "date") use.kind = ColumnUse::Kind::date;
      for (const KnownColumn& known : known_columns) {
        if (known.name != cell) continue;
        for (const std::string_view word : known.words) {
          if (!word.empty()) use.words.push_back(vocabulary.at(word));
        }
      }
      if (use.words.empty() && use.kind == ColumnUse::Kind::pass) {
        if (const auto word = vocabulary.find(cell)) use.words = {*word};
      }
      if (!use.words.empty()) {
        const bool place = vocabulary.words()[use.words[0]].type == law::WordType::place;
        use.kind = place ? ColumnUse::Kind::place : ColumnUse::Kind::words;
        // an empty cell is unknown: what has a column is never assumed
        left_open_.insert(left_open_.end(), use.words.begin(), use.words.end());
      }
      any = any || use.kind != ColumnUse::Kind::pass;
      refuse_twice(use, file);
      uses_.push_back(std::move(use));
      base::append_csv_cell(out_, cell);
      out_ += ',';
    }
    if (!any) base::refuse(file, "no column of this file is known", "name at least one of chip, tpp, destination, date; see brightline judge --help");
    for (std::size_t i = 0; i < answer_columns.size(); ++i) out_ += std::string(i == 0 ? "" : ",") + answer_columns[i];
    out_ += '\n';
  }

  void refuse_twice(const ColumnUse& use, const std::string& file) const {
    for (const ColumnUse& other : uses_) {
      const bool same_fact = std::ranges::find_first_of(use.words, other.words) != use.words.end();
      if (use.kind == ColumnUse::Kind::pass || other.kind == ColumnUse::Kind::pass || (use.name != other.name && !same_fact)) continue;
      const std::string message = use.name == other.name ? fmt::format("the column '{}' is there twice", use.name) : fmt::format("the columns '{}' and '{}' state the same fact", other.name, use.name);
      throw base::BadInput(base::Problem{{file, 1, 0, {}}, message, "leave one of them out"});
    }
  }

  void row(const std::vector<std::string_view>& cells, std::string problem) {
    ++rows_;
    for (const std::string_view cell : cells) {
      base::append_csv_cell(out_, cell);
      out_ += ',';
    }
    if (problem.empty()) problem = judge(cells);
    if (problem.empty()) return;
    ++bad_rows_;
    for (std::size_t i = 0; i + 1 < answer_columns.size(); ++i) out_ += ',';
    base::append_csv_cell(out_, problem);
    out_ += '\n';
  }

  // Judges one row and writes its answer; gives back what is wrong with it, if anything.
  std::string judge(const std::vector<std::string_view>& cells) {
    law::Facts facts(world_.law);
    law::Reading reading = transaction_.reading();
    bool dated = has_date_;
    std::string_view chip;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const ColumnUse& use = uses_[i];
      std::string_view cell = cells[i];
      while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
      while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
      if (cell.empty() || cell == "-") continue;
      switch (use.kind) {
        case ColumnUse::Kind::pass:
        case ColumnUse::Kind::id: break;
        case ColumnUse::Kind::chip: chip = cell; break;
        case ColumnUse::Kind::date: {
          const auto day = base::Date::parse(cell);
          if (!day) return fmt::format("date: '{}' is no day, write it as 2024-01-15", cell);
          reading.date = *day;
          dated = true;
          break;
        }
        case ColumnUse::Kind::place: {
          const std::string message = set_place(use, cell, facts);
          if (!message.empty()) return message;
          break;
        }
        case ColumnUse::Kind::words:
          for (const std::size_t word : use.words) {
            if (const auto set = facts.set_text(word, cell); !set) return use.name + ": " + set.error();
          }
          break;
      }
    }
    if (!dated) return "date: the row has none; add a column 'date' or give --on";
    const std::string note = fill_from_name(chip, facts);
    apply_defaults(facts);
    answer(reading, facts, note);
    return {};
  }

  std::string set_place(const ColumnUse& use, std::string_view cell, law::Facts& facts) {
    const std::size_t word = use.words[0];
    const auto& vocabulary = world_.law.vocabulary;
    if (cell == "any") return {};
    if (cell == "US-import") {
      facts.set_name(word, "US");
      facts.set_name(vocabulary.at("action"), "import");
      return {};
    }
    const auto [known, fresh] = places_.try_emplace(std::string(cell));
    if (fresh) known->second = world_.catalogue.references.places.code(cell);
    const auto& code = known->second;
    if (!code) return fmt::format("{}: '{}' is no country ({})", use.name, cell, world_.catalogue.references.places.hint(cell));
    facts.set_name(word, *code);
    return {};
  }

  // What the chip's name tells: maker, product line, description. A catalogue id whose row states no measure at all is
  // judged by the catalogue's own values; where it states some, an empty cell is unknown. What a reader of the row might
  // take otherwise is given back as a note.
  std::string fill_from_name(std::string_view name, law::Facts& facts) {
    if (name.empty()) return {};
    const chip::Accelerator* known = world_.catalogue.find(name);
    const bool measured = std::ranges::any_of(measured_, [&](std::size_t word) { return facts[word].known; });
    if (known != nullptr && !measured) {
      law::Facts described(world_.law);
      const auto chip = search::describe(world_.catalogue, *known);
      law::describe(*known, chip.measures, chip.headquarters, described);
      for (std::size_t i = 0; i < facts.size(); ++i) {
        if (!facts[i].known) facts.set(i, described[i]);
      }
      return {};
    }
    const auto [entry, fresh] = names_.try_emplace(std::string(name));
    if (fresh) entry->second = world_.catalogue.read_name(name);
    const catalogue::NameReading& read = entry->second;
    const auto set = [&](std::size_t word, const std::string& value) {
      if (!value.empty() && !facts[word].known) facts.set_name(word, value);
    };
    set(maker_, read.maker);
    set(product_, read.product_line);
    set(described_in_, read.described_in);
    if (const auto* maker = catalogue::find_maker(world_.catalogue.references.makers, read.maker)) set(maker_headquarters_, maker->headquarters);
    if (known != nullptr) return "the row states figures of its own: the catalogue's are not used";
    return measured ? "" : fmt::format("no chip of the catalogue has the id '{}', and the row states no figure", name);
  }

  void apply_defaults(law::Facts& facts) const {
    const auto& vocabulary = world_.law.vocabulary;
    const auto fallback = [&](const char* word, const std::string& value) {
      if (value.empty()) return;
      const std::size_t at = vocabulary.at(word);
      if (!facts[at].known) facts.set_name(at, value);
    };
    fallback("destination", transaction_.destination);
    fallback("headquarters", transaction_.headquarters);
    fallback("ultimate_parent", transaction_.ultimate_parent);
    fallback("from", transaction_.from);
    fallback("action", transaction_.action);
    for (const auto& [id, value] : transaction_.set) {
      if (id == "maker" && facts[maker_].known) continue;  // what the chip's own name says of its maker stands
      const auto set = facts.set_text(vocabulary.at(id), value);
      base::check(set.has_value(), "--set was good once and is not now");
    }
    facts.assume(assumptions_, left_open_);
  }

  law::Judge& judge_of(const law::Reading& reading) {
    const law::Code& code = codes_.at(reading);
    auto& slot = judges_[&code];
    if (!slot) slot = std::make_unique<law::Judge>(code);
    return *slot;
  }

  void cell(std::string_view text) {
    base::append_csv_cell(out_, text);
    out_ += ',';
  }

  void answer(const law::Reading& reading, const law::Facts& facts, const std::string& note) {
    const law::Answer& answer = judge_of(reading).judge(facts);
    cell(answer.paragraph());
    cell(answer.label());
    cell(answer.requirement());
    cell(joined(answer.exceptions()));
    cell(answer.review());
    cell(because(answer));
    cell(report::missing_text(answer));
    const law::Nearest nearest = law::nearest_line(answer);
    cell(nearest.clause == nullptr ? "" : fmt::format("{} {:+.2f} %", nearest.comparison.measure->name, nearest.comparison.margin * 100));
    cell(answer.licence());
    cell(answer.duty());
    cell(joined(answer.set_of(law::Verb::flag)));
    const law::Fact& destination = facts[destination_];
    cell(destination.known && destination.name == "CN" ? joined(answer.set_of(law::Verb::restrict)) : "");
    cell(note);
    out_ += '\n';
  }

  static std::string because(const law::Answer& answer) {
    std::string out;
    for (std::size_t i = 0; i < answer.holds.size(); ++i) {
      const law::CompiledClause& clause = answer.code->clauses[i];
      const bool of_interest = clause.verb == law::Verb::classify || clause.verb == law::Verb::require || clause.verb == law::Verb::permit ||
                               clause.verb == law::Verb::review || clause.verb == law::Verb::presume;
      if (!of_interest || answer.holds[i] != law::Truth::yes) continue;
      if (clause.verb == law::Verb::permit && answer.licence() == "not-required") continue;
      if (clause.verb == law::Verb::review && answer.review() == "none") continue;
      out += (out.empty() ? "" : "; ") + clause.clause->id;
    }
    return out;
  }

  void flush() {
    streams_.out << out_;
    out_.clear();
  }

  const World& world_;
  Streams& streams_;
  base::Problems problems_;
  search::CodeBook codes_;
  search::Transaction transaction_;
  bool has_date_ = false;
  std::size_t maker_ = world_.law.vocabulary.at("maker");
  std::size_t product_ = world_.law.vocabulary.at("product");
  std::size_t described_in_ = world_.law.vocabulary.at("described_in");
  std::size_t maker_headquarters_ = world_.law.vocabulary.at("maker_headquarters");
  std::size_t destination_ = world_.law.vocabulary.at("destination");
  std::vector<std::size_t> measured_;
  std::vector<ColumnUse> uses_;
  std::vector<std::size_t> left_open_;
  law::Assumptions assumptions_{world_.law};
  std::unordered_map<std::string, std::optional<std::string>> places_;
  std::unordered_map<std::string, catalogue::NameReading> names_;
  std::unordered_map<const law::Code*, std::unique_ptr<law::Judge>> judges_;
  std::string out_;
  std::size_t rows_ = 0;
  std::size_t bad_rows_ = 0;
};

}  // namespace

namespace {

// The same rows as one JSON document: a list of objects keyed by the columns, every value a text as in the CSV.
std::string as_json(const std::string& csv) {
  base::CsvReader reader(csv);
  std::vector<std::string_view> cells;
  reader.next(cells);
  const std::vector<std::string> columns(cells.begin(), cells.end());
  base::Json rows = base::Json::list();
  while (reader.next(cells)) {
    base::Json row = base::Json::object();
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) row.set(columns[i], cells[i]);
    rows.push(std::move(row));
  }
  return rows.dump();
}

}  // namespace

int run_batch(const JudgeOptions& options, Streams& streams) {
  const std::string text = read_input(options.batch, streams.in);
  const World world = load_world(options.places);
  if (!options.json) return Batch(options, world, streams).run(text, input_name(options.batch));
  std::ostringstream csv;
  Streams captured{streams.in, csv, streams.err, streams.terminal};
  const int code = Batch(options, world, captured).run(text, input_name(options.batch));
  streams.out << as_json(csv.str()) << "\n";
  return code;
}

}  // namespace brightline::app
