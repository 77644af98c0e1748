#include "store/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"

namespace brightline::store {

namespace {

constexpr FileKind checkpoint_file{.name = "checkpoint",
                                   .id = 0x42724C70,  // "BrLp"
                                   .version = 1,
                                   .schema = R"(CREATE TABLE question (
                                                  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
                                                  hash     TEXT NOT NULL,
                                                  text     TEXT NOT NULL,
                                                  blocks   INTEGER NOT NULL
                                                );
                                                CREATE TABLE finished (
                                                  block       INTEGER PRIMARY KEY,
                                                  recorded_at TEXT NOT NULL,
                                                  seal        TEXT NOT NULL,  -- hash of block and answer
                                                  answer      TEXT NOT NULL
                                                ))",
                                   .shared = false,
                                   .survives_power = true,
                                   .hint = "name another file, or move this one away to begin anew"};

constexpr std::size_t shown_before = 40;
constexpr std::size_t shown_in_all = 160;

/// A long text where it becomes interesting: around `at`.
std::string around(const std::string& whole, std::size_t at) {
  const std::size_t begin = whole.size() <= shown_in_all ? 0 : at - std::min(at, shown_before);
  const std::string part = whole.substr(begin, shown_in_all);
  return fmt::format("{}{}{}", begin > 0 ? "..." : "", part, begin + part.size() < whole.size() ? "..." : "");
}

std::string seal_of(std::size_t block, const std::string& answer) { return base::hash_hex(fmt::format("{}\n{}", block, answer), 32); }

}  // namespace

Checkpoint Checkpoint::open(const std::filesystem::path& file, const std::string& question_hash, const std::string& question_text,
                            std::size_t blocks) {
  Checkpoint out(Database(file, checkpoint_file), blocks);
  out.begin_or_resume(question_hash, question_text);
  return out;
}

void Checkpoint::begin_or_resume(const std::string& question_hash, const std::string& question_text) {
  const auto wanted = static_cast<std::int64_t>(blocks_);
  database_.run("INSERT OR IGNORE INTO question VALUES (1, ?1, ?2, ?3)", {question_hash, question_text, wanted});
  const auto rows = database_.run("SELECT hash, text, blocks FROM question");
  if (rows.size() != 1) database_.refuse("the checkpoint is damaged: its question is missing");
  const std::string held_hash = text(rows[0].at(0));
  const std::string held_text = text(rows[0].at(1));
  if (held_hash != question_hash) {
    const auto differ = std::ranges::mismatch(held_text, question_text);
    const auto at = static_cast<std::size_t>(differ.in1 - held_text.begin());
    database_.refuse(fmt::format("the checkpoint is of another question\n  it holds: {} [{}]\n  asked is: {} [{}]", around(held_text, at),
                                 held_hash, around(question_text, at), question_hash));
  }
  if (number(rows[0].at(2)) != wanted) {
    database_.refuse(fmt::format("the checkpoint cuts this question into {} blocks, and {} are asked for", number(rows[0].at(2)), wanted));
  }
}

std::map<std::size_t, std::string> Checkpoint::finished() {
  std::map<std::size_t, std::string> out;
  for (const Row& row : database_.run("SELECT block, seal, answer FROM finished ORDER BY block")) {
    const auto block = static_cast<std::size_t>(number(row.at(0)));
    std::string answer = text(row.at(2));
    if (block >= blocks_ || text(row.at(1)) != seal_of(block, answer)) {
      database_.refuse(fmt::format("the checkpoint is damaged: the answer of block {} has changed", number(row[0])));
    }
    out.emplace(block, std::move(answer));
  }
  return out;
}

void Checkpoint::record(std::size_t block, const std::string& answer) {
  base::check(block < blocks_, "a block that is recorded is one of the question's");
  const std::string seal = seal_of(block, answer);
  const auto number_of_block = static_cast<std::int64_t>(block);
  const auto added = database_.run(
      "INSERT INTO finished VALUES (?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?2, ?3) ON CONFLICT DO NOTHING RETURNING block",
      {number_of_block, seal, answer});
  if (!added.empty()) return;
  const auto held = database_.run("SELECT seal FROM finished WHERE block = ?1", {number_of_block});
  base::check(!held.empty() && text(held[0].at(0)) == seal, "a block has the same answer each time");
}

}  // namespace brightline::store
