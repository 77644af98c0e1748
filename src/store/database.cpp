#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

namespace brightline::store {

namespace {

using Milliseconds = std::chrono::milliseconds;
constexpr Milliseconds patience_shared{5000};  // another process writes one answer and lets go
constexpr Milliseconds patience_alone{500};    // another run holds the file until it ends: waiting is no use
constexpr std::size_t head_size = 100;
constexpr std::size_t id_at = 68;
constexpr std::string_view magic{"SQLite format 3\0", 16};

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t out = 0;
  for (int i = 0; i < 4; ++i) out = (out << 8U) | static_cast<unsigned char>(bytes[i]);
  return out;
}

/// Whose file it is, told by its first bytes: SQLite could write to a foreign file by opening it.
bool is_foreign(const std::filesystem::path& file, const FileKind& kind) {
  std::error_code failed;
  const auto status = std::filesystem::status(file, failed);
  if (!std::filesystem::exists(status)) return false;
  if (!std::filesystem::is_regular_file(status)) return true;
  std::array<char, head_size> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  if (in.gcount() == 0) return false;  // empty, or unreadable, which SQLite will tell
  return in.gcount() < static_cast<std::streamsize>(head.size()) || std::string_view(head.data(), magic.size()) != magic ||
         big_endian(head.data() + id_at) != kind.id;
}

class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql) {
    code_ = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&&) = delete;
  Statement& operator=(Statement&&) = delete;

  void bind(int at, const Value& value) {
    if (code_ != SQLITE_OK) return;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      code_ = sqlite3_bind_int64(statement_, at, *whole);
    } else {  // the caller's text outlives the statement
      const auto& words = std::get<std::string>(value);
      code_ = sqlite3_bind_text64(statement_, at, words.data(), words.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
  }

  /// True when there is a row; code() tells a failure from the end.
  bool step() {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW) code_ = sqlite3_step(statement_);
    return code_ == SQLITE_ROW;
  }

  [[nodiscard]] Row row() const {
    Row out;
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) {
      if (sqlite3_column_type(statement_, i) == SQLITE_INTEGER) {
        out.emplace_back(std::int64_t{sqlite3_column_int64(statement_, i)});
      } else {
        const void* bytes = sqlite3_column_blob(statement_, i);  // before its size is asked for
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, i));
        out.emplace_back(bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size));
      }
    }
    return out;
  }

  [[nodiscard]] int code() const { return code_; }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int code_ = SQLITE_OK;
};

}  // namespace

struct Database::Connection {
  Connection(std::filesystem::path opened, const FileKind& its_kind) : file(std::move(opened)), kind(its_kind) {}
  ~Connection() { sqlite3_close_v2(db); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;

  std::filesystem::path file;
  FileKind kind;
  sqlite3* db = nullptr;
  std::mutex one_at_a_time;

  [[noreturn]] void refuse(const std::string& message) const { base::refuse(file.string(), message, kind.hint); }

  [[noreturn]] void fail(int code) const {
    const std::string said = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
    switch (code & 0xFF) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        refuse(fmt::format("the {} is in use by another process", kind.name));
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        refuse(fmt::format("the {} is damaged: {}", kind.name, said));
      default:
        break;
    }
    const int system = db == nullptr ? 0 : sqlite3_system_errno(db);
    const bool tell = system != 0 && ((code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_IOERR);
    refuse(fmt::format("the {} can't be used: {}{}", kind.name, said, tell ? fmt::format(" ({})", std::strerror(system)) : ""));
  }

  std::vector<Row> run(std::string_view sql, const std::vector<Value>& values = {}) const {
    Statement statement(db, sql);
    for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i + 1), values[i]);
    std::vector<Row> rows;
    while (statement.step()) rows.push_back(statement.row());
    if (statement.code() != SQLITE_DONE) fail(statement.code());
    return rows;
  }

  /// A number that SQLite keeps in the file's head.
  std::int64_t pragma(const char* name) const {
    const auto rows = run(fmt::format("PRAGMA {}", name));
    return rows.empty() ? 0 : number(rows[0].at(0));
  }

  void open() {
    // An absolute path: SQLite reads ":memory:" and "file:..." as something else.
    const std::string path = std::filesystem::absolute(file).string();
    const int code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    if (code != SQLITE_OK) fail(code);
    if (sqlite3_db_readonly(db, "main") == 1) refuse(fmt::format("the {} may only be read", kind.name));
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_busy_timeout(db, static_cast<int>((kind.shared ? patience_shared : patience_alone).count()));
    run("PRAGMA trusted_schema = OFF");
    run("PRAGMA cell_size_check = ON");
    if (!kind.shared) run("PRAGMA locking_mode = EXCLUSIVE");
  }

  /// Another process may do the same at the same time: the first to hold the lock fills the file.
  void fill_if_empty() const {
    if (pragma("application_id") != 0) return;
    run("BEGIN IMMEDIATE");
    if (pragma("application_id") == 0) {
      const int code = sqlite3_exec(db, kind.schema, nullptr, nullptr, nullptr);
      if (code != SQLITE_OK) fail(code);
      run(fmt::format("PRAGMA application_id = {}", kind.id));
      run(fmt::format("PRAGMA user_version = {}", kind.version));
    }
    run("COMMIT");
  }

  void check_version() const {
    const std::int64_t found = pragma("user_version");
    if (found == kind.version) return;
    refuse(fmt::format("the {} was written by another version of brightline (its layout is {}, this one's {})", kind.name, found,
                       kind.version));
  }

  /// Writers that append to a log let readers read. SQLite doesn't wait by itself when two processes ask for it at once.
  void write_ahead() const {
    const auto deadline = std::chrono::steady_clock::now() + patience_shared;
    for (;;) {
      Statement statement(db, "PRAGMA journal_mode = WAL");
      if (statement.step()) break;
      const bool busy = (statement.code() & 0xFF) == SQLITE_BUSY;
      if (!busy || std::chrono::steady_clock::now() > deadline) fail(statement.code());
      std::this_thread::sleep_for(Milliseconds(5));
    }
    run(kind.survives_power ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  }
};

Database::Database(const std::filesystem::path& file, const FileKind& kind) : connection_(std::make_unique<Connection>(file, kind)) {
  if (is_foreign(file, kind)) connection_->refuse(fmt::format("this is no {}", kind.name));
  connection_->open();
  connection_->fill_if_empty();
  connection_->check_version();
  connection_->write_ahead();
}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

std::vector<Row> Database::run(std::string_view sql, const std::vector<Value>& values) {
  const std::scoped_lock lock(connection_->one_at_a_time);
  return connection_->run(sql, values);
}

std::string text(const Value& value) {
  const auto* held = std::get_if<std::string>(&value);
  return held == nullptr ? std::string() : *held;
}

std::int64_t number(const Value& value) {
  const auto* held = std::get_if<std::int64_t>(&value);
  return held == nullptr ? -1 : *held;
}

void Database::refuse(const std::string& message) const { connection_->refuse(message); }

}  // namespace brightline::store
