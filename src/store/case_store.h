// Answers kept on disk, found again by what was asked of which law, data and program. A store is a convenience: nothing here
// throws for its file's sake, so that answering can go on without it.
#pragma once
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace brightline::store {

/// All that an answer depends on. The same key has the same answer.
struct CaseKey {
  std::string question;  ///< written in one way only: what is asked, with all its options
  std::string law;       ///< version of the law that was loaded
  std::string data;      ///< version of the catalogue and calibration
  std::string program;   ///< version of the program

  [[nodiscard]] std::string hash() const;
};

struct CaseSummary {
  std::string hash;
  CaseKey key;
  std::string stored_at;  ///< UTC, "2026-09-24T08:15:00Z"
  std::size_t bytes = 0;  ///< of the document
};

/// One file, which other processes may read and write at the same time. Threads may share one object.
class CaseStore {
 public:
  /// $BRIGHTLINE_STORE, else cases.sqlite in the folder brightline of $XDG_CACHE_HOME, else of ~/.cache.
  static std::expected<std::filesystem::path, base::Problem> usual_path();

  /// Makes the file and its folder where they are missing. A damaged or foreign file is a problem, and stays as it is.
  static std::expected<CaseStore, base::Problem> open(const std::filesystem::path& file);

  /// The stored document, as it was put, or nothing.
  [[nodiscard]] std::expected<std::optional<std::string>, base::Problem> find(const CaseKey& key);

  /// Keeps a document; one of the same key is replaced.
  [[nodiscard]] std::expected<void, base::Problem> put(const CaseKey& key, std::string_view document);

  /// Everything stored, the newest first.
  [[nodiscard]] std::expected<std::vector<CaseSummary>, base::Problem> list();

 private:
  explicit CaseStore(Database database) : database_(std::move(database)) {}
  Database database_;
};

}  // namespace brightline::store
