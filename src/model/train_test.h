// A device, its engine and a network for the tests of training.
#pragma once
#include "model/train.h"

namespace brightline::model {

inline Processor training_chip(double memory_bandwidth = 3e12) {
  Processor out;
  out.id = "test";
  out.family = "Hopper";
  out.kind = "asynchronous";
  for (Rate& rate : out.rates) rate = {1000e12};
  out.memory_bandwidth = {memory_bandwidth};
  out.memory = {80e9};
  out.l2 = {50e6};
  out.cores = 100;
  out.clock = {2e9};
  out.scaleup = {400e9};
  out.power = {700};
  return out;
}

inline const Calibration& real_calibration() {
  static const Calibration loaded = [] {
    base::Problems problems;
    Calibration out = Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

inline TrainingConstants fitted_constants() { return training_constants(real_calibration().resolve("training", training_chip(), {"megatron-core", "", ""}).constants); }

/// Nodes of 8 with a host.
inline Network training_network(double scaleout = 50e9) {
  Network out;
  out.domain = 8;
  out.scaleout = scaleout;
  out.host = 50e9;
  out.host_memory = 250e9;
  return out;
}

inline workload::Transformer trained_model(double layers = 32) {
  workload::Transformer m;
  m.id = "small";
  m.name = "Small";
  m.layers = layers;
  m.hidden = 4096;
  m.heads = 32;
  m.kv_heads = 8;
  m.head_dim = 128;
  m.inter = 14336;
  m.vocab = 128256;
  return m;
}

inline workload::Transformer model_of_experts() {
  workload::Transformer m = trained_model(24);
  m.experts = 64;
  m.top_k = 4;
  m.expert_inter = 2048;
  m.dense_layers = 2;
  return m;
}

inline workload::TrainingTask training_task(double global_batch = 64) {
  workload::TrainingTask out;
  out.sequence = 4096;
  out.global_batch = global_batch;
  return out;
}

}  // namespace brightline::model
