// Published end-to-end runs of inference: rows as a question to the serving model, with the figure measured.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measured/table.h"
#include "model/serve.h"
#include "workload/workload_file.h"

namespace brightline::measured {

enum class ServedMetric { ttft_ms, tpot_ms, output_tokens_s, total_tokens_s };

struct ServedCase {
  int line = 0;
  std::string hardware, model;  ///< as written
  std::string chip;             ///< catalogue id; empty: not known
  std::string engine;           ///< software that served, in one word; with the year where it is an old one
  std::string framework;        ///< whose kernels: vllm, sglang, trtllm; else empty
  const workload::Model* shape = nullptr;
  workload::Parallelism plan;
  workload::Numbers numbers;
  bool cache_stated = false;  ///< the column names the cache's format
  model::Request request;
  ServedMetric metric = ServedMetric::tpot_ms;
  std::string metric_name;
  double value = 0;
  double watts = 0;            ///< mean power its note states, of all devices or of the whole node; 0: none
  bool whole_node = false;     ///< measured at the wall: processors, fans and conversion too
  std::string group;       ///< what a held-out split keeps together: model and hardware and lengths
  bool full = false;       ///< a full configuration, as the contract defines it
  std::string refused;
};

std::vector<ServedCase> served_cases(const Table& table, const workload::Models& models, const model::Families& families);
bool held_out(const ServedCase& one);
/// The number formats that engines take on this chip, where a row's column leaves it open.
workload::Numbers numbers_on(const model::Processor& chip, const ServedCase& one);
/// The figure a row states, out of an answer.
double figure(const model::Served& served, ServedMetric metric);

}  // namespace brightline::measured
