// What a long search has finished so far, in a file: stopped in any way, it goes on where it was.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>

#include "store/database.h"

namespace brightline::store {

/// The file of one set of questions, cut into blocks. It was asked for by name, so what is wrong with it is BadInput.
class Checkpoint {
 public:
  /// Makes the file, or goes on with it. Refused: another question's, a damaged one, one that another run has open.
  static Checkpoint open(const std::filesystem::path& file, const std::string& question_hash, const std::string& question_text,
                         std::size_t blocks);

  /// The answers of the finished blocks.
  [[nodiscard]] std::map<std::size_t, std::string> finished();

  /// Once it returns, the answer stays. Recording the same again changes nothing; another answer to it is our mistake.
  void record(std::size_t block, const std::string& answer);

 private:
  Checkpoint(Database database, std::size_t blocks) : database_(std::move(database)), blocks_(blocks) {}
  void begin_or_resume(const std::string& question_hash, const std::string& question_text);
  Database database_;
  std::size_t blocks_ = 0;
};

}  // namespace brightline::store
