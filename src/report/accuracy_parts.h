// What the sections of the accuracy page are made of.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "measured/compare.h"
#include "report/accuracy.h"

namespace brightline::report {

/// Rows of all files that are chosen, summed up anew.
measured::Comparison taken(const std::vector<measured::Comparison>& files, const auto& chosen) {
  measured::Comparison out;
  for (const measured::Comparison& file : files) {
    for (const measured::Compared& row : file.rows) {
      if (chosen(file, row)) out.rows.push_back(row);
    }
  }
  measured::summarise(out);
  return out;
}

/// The head of a table of summaries, and one of its lines.
std::string head(std::string_view first);
std::string line(const std::string& name, const measured::Summary& summary);
/// "- 3 rows: why not"
std::string refused_list(const measured::Summary& summary);

/// Step time and memory of published training runs; nothing where there is none.
std::string training_section(const std::vector<measured::Comparison>& files, std::vector<AccuracyFile>& plots);

}  // namespace brightline::report
