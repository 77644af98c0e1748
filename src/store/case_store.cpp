#include "store/case_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"

namespace brightline::store {

namespace {

constexpr FileKind cases_file{
    .name = "store of cases",
    .id = 0x42724C63,  // "BrLc"
    .version = 1,
    .schema = R"(CREATE TABLE cases (
                   key       TEXT PRIMARY KEY,  -- hash of question, law, data and program
                   question  TEXT NOT NULL,
                   law       TEXT NOT NULL,
                   data      TEXT NOT NULL,
                   program   TEXT NOT NULL,
                   stored_at TEXT NOT NULL,
                   seal      TEXT NOT NULL,     -- hash of key and document
                   document  TEXT NOT NULL
                 ))",
    .shared = true,
    .survives_power = false,
    .hint = "set BRIGHTLINE_STORE to another file, or move this one away: what it held is worked out anew when asked for"};

constexpr std::size_t hash_digits = 32;

/// SQLite notices a broken page, but not a document in which a letter has changed.
std::string seal_of(const std::string& key, std::string_view document) {
  return base::hash_hex(fmt::format("{}\n{}", key, document), hash_digits);
}

/// What `ask` gives, or the problem it met.
template <class Ask>
auto problem_as_value(Ask ask) -> std::expected<decltype(ask()), base::Problem> {
  try {
    if constexpr (std::is_void_v<decltype(ask())>) {
      ask();
      return {};
    } else {
      return ask();
    }
  } catch (const base::BadInput& bad) {
    return std::unexpected(bad.problems().all().front());
  }
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

void make_folder_of(const std::filesystem::path& file) {
  std::error_code failed;
  const auto folder = std::filesystem::absolute(file).parent_path();
  std::filesystem::create_directories(folder, failed);
  if (failed) base::refuse(folder.string(), "the folder of the store of cases can't be made: " + failed.message(), cases_file.hint);
}

}  // namespace

// Lengths before texts: two different keys never read the same.
std::string CaseKey::hash() const {
  std::string all;
  for (const std::string* part : {&question, &law, &data, &program}) all += fmt::format("{}:{};", part->size(), *part);
  return base::hash_hex(all, hash_digits);
}

std::expected<std::filesystem::path, base::Problem> CaseStore::usual_path() {
  if (const auto named = environment("BRIGHTLINE_STORE"); !named.empty()) return std::filesystem::path(named);
  const std::filesystem::path cache = environment("XDG_CACHE_HOME");
  if (cache.is_absolute()) return cache / "brightline" / "cases.sqlite";  // a relative one counts as not set
  const std::filesystem::path home = environment("HOME");
  if (home.is_absolute()) return home / ".cache" / "brightline" / "cases.sqlite";
  return std::unexpected(base::Problem{{}, "there is no place for the store of cases: HOME is not set", "set BRIGHTLINE_STORE to a file"});
}

std::expected<CaseStore, base::Problem> CaseStore::open(const std::filesystem::path& file) {
  return problem_as_value([&] {
    make_folder_of(file);
    return CaseStore(Database(file, cases_file));
  });
}

std::expected<std::optional<std::string>, base::Problem> CaseStore::find(const CaseKey& key) {
  return problem_as_value([&]() -> std::optional<std::string> {
    const std::string hash = key.hash();
    const auto rows = database_.run("SELECT seal, document FROM cases WHERE key = ?1", {hash});
    if (rows.empty()) return std::nullopt;
    std::string document = text(rows[0].at(1));
    if (text(rows[0].at(0)) != seal_of(hash, document)) {
      database_.refuse(fmt::format("the store of cases is damaged: the document of case {} has changed", hash));
    }
    return document;
  });
}

std::expected<void, base::Problem> CaseStore::put(const CaseKey& key, std::string_view document) {
  return problem_as_value([&] {
    const std::string hash = key.hash();
    database_.run(
        "INSERT OR REPLACE INTO cases (key, question, law, data, program, stored_at, seal, document)"
        " VALUES (?1, ?2, ?3, ?4, ?5, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?6, ?7)",
        {hash, key.question, key.law, key.data, key.program, seal_of(hash, document), std::string(document)});
  });
}

std::expected<std::vector<CaseSummary>, base::Problem> CaseStore::list() {
  return problem_as_value([&] {
    std::vector<CaseSummary> out;
    const auto rows = database_.run(
        "SELECT key, question, law, data, program, stored_at, length(CAST(document AS BLOB)) FROM cases"
        " ORDER BY stored_at DESC, rowid DESC");
    for (const Row& row : rows) {
      const CaseKey key{text(row.at(1)), text(row.at(2)), text(row.at(3)), text(row.at(4))};
      out.push_back({text(row.at(0)), key, text(row.at(5)), static_cast<std::size_t>(std::max(std::int64_t{0}, number(row.at(6))))});
    }
    return out;
  });
}

}  // namespace brightline::store
