// An SQLite file of one kind: opened with care, asked with statements. The library is included by database.cpp alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/problem.h"

namespace brightline::store {

using Value = std::variant<std::int64_t, std::string>;
using Row = std::vector<Value>;

/// What makes a file ours, and how it is used.
struct FileKind {
  const char* name;     ///< "store of cases"
  std::uint32_t id;     ///< stands in the file's head (SQLite's application_id)
  int version;          ///< of the schema
  const char* schema;   ///< SQL that fills an empty file
  bool shared;          ///< other processes may have it open too; else it is this one's alone until closed
  bool survives_power;  ///< what was written is on the disk; else a power cut may lose the last answers, never more
  const char* hint;     ///< what to do about a file that can't be used
};

/// Throws BadInput for a file that can't be opened, is damaged or is somebody else's; such a file is left as it is.
/// Threads may share one; each statement is a transaction of its own.
class Database {
 public:
  Database(const std::filesystem::path& file, const FileKind& kind);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Runs one statement, whose ?1, ?2, ... are `values`, and gives its rows.
  std::vector<Row> run(std::string_view sql, const std::vector<Value>& values = {});

  /// Throws BadInput about this file, with the hint of its kind.
  [[noreturn]] void refuse(const std::string& message) const;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

/// A damaged file may hold anything: what is of another type reads as nothing.
std::string text(const Value& value);
std::int64_t number(const Value& value);

}  // namespace brightline::store
