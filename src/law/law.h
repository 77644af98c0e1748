// The whole law as read from a law/ directory: vocabulary, instruments, evidence. Constant after loading.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "law/instrument.h"
#include "law/symbols.h"
#include "law/vocabulary.h"

namespace brightline::law {

/// How the law is asked: what stands in the text, or what is enforced.
enum class Asked { text, enforced };

struct Law {
  std::string directory;
  Vocabulary vocabulary;
  Symbols symbols;
  std::vector<Instrument> instruments;  ///< in the order of their effective days
  std::vector<Instrument> proposed;     ///< bills and overlays that are available but not applied
  base::Date evidence_from;  ///< the first day on which a clause stands
  base::Date evidence_through;
  std::string evidence_says;
  std::vector<Unresolved> unresolved;
  std::string version;            ///< hash of every file applied
  std::vector<std::string> with;  ///< ids of the proposed instruments applied

  [[nodiscard]] const Instrument* find(std::string_view id) const;
  /// Every day on which some clause, definition, group or stay begins, or the day after it ends; ascending.
  [[nodiscard]] std::vector<base::Date> change_days(Asked asked) const;
};

/// Reads law/: words.toml, evidence.toml and every *.toml of us, letters, cn; of proposed, those named in `with`
/// (an id, a file stem, or a path). Every mistake is added to `problems`.
Law load_law(const std::string& directory, const std::vector<std::string>& with, base::Problems& problems);

/// One file's text, for loading a law that is not on disk (tests, mutations).
struct LawText {
  std::string name;  ///< such as "us/2022-10-07_87-FR-62186.toml"
  std::string text;
};
std::vector<LawText> read_law_texts(const std::string& directory, base::Problems& problems);
Law load_law(std::vector<LawText> texts, const std::vector<std::string>& with, base::Problems& problems);

}  // namespace brightline::law
