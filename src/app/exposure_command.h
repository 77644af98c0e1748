// brightline exposure: a stock list judged on two days, in money.
#pragma once
#include <string>

#include "app/judge_command.h"

namespace brightline::app {

struct ExposureOptions {
  Places places;
  std::string stock;  ///< CSV file; "-" is standard input
  std::string from_date;
  std::string to_date;
  TransactionOptions transaction;  ///< defaults for rows that name no destination or party
  bool json = false;
  std::string format = "table";
};

int run_exposure(const ExposureOptions& options, Streams& streams);

}  // namespace brightline::app
