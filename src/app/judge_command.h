// brightline judge: one chip, or a CSV of many.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/streams.h"
#include "app/world.h"
#include "search/transaction.h"

namespace brightline::app {

struct TransactionOptions {
  std::string to;
  std::string on;    ///< ISO day; empty or "today" is today
  std::string from;
  std::string hq;
  std::string parent;
  std::string action;
  std::string as = "enforced";
  bool no_letters = false;
  std::string maker;
  std::vector<std::string> set;  ///< word=value
};

/// Reads the options into a transaction; `references` translate and check countries and makers.
search::Transaction read_transaction(const TransactionOptions& options, const catalogue::References& references, base::Problems& problems);

struct JudgeOptions {
  Places places;
  std::string chip;   ///< catalogue id, TOML file, or "-"
  std::string batch;  ///< CSV file instead of a chip; "-" is standard input
  TransactionOptions transaction;
  bool csv = false;   ///< a batch writes CSV anyway; the flag says so
  bool json = false;
};

int run_judge(const JudgeOptions& options, Streams& streams);

}  // namespace brightline::app
