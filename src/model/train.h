// Training of a transformer on a cluster: time of a step, memory of a device, where the time goes. What does not depend on
// pipeline, copies or schedule is computed once (a Block); a plan is then a few hundred operations. Docs: docs/model/training.md.
#pragma once
#include <array>
#include <expected>
#include <span>
#include <string>

#include "model/engine.h"
#include "model/network.h"
#include "model/serve.h"
#include "workload/training.h"

namespace brightline::model {

/// What training software adds to or hides of the kernels; data/calibration/training.toml, fitted on published runs.
struct TrainingConstants {
  double linear_work = 0;         ///< times the products' time
  double attention_work = 0;      ///< times the attention's time
  double attention_backward = 0;  ///< its backward pass over its forward pass
  double elementwise_work = 0;    ///< times moving norms', activations' and additions' bytes once
  double expert_work = 0;         ///< times linear_work times the experts' time
  double sorting_work = 0;        ///< times moving tokens' bytes to and from their experts once, on the device
  double host_layer = 0;          ///< s the host needs for a layer, both passes: no layer is quicker
  double layer_start = 0;         ///< s the device waits at each pass of a layer
  double host_experts = 0;        ///< s more for a layer with experts
  double tensor_exposed = 0;      ///< share of tensor-parallel communication not hidden
  double exchange_exposed = 0;    ///< share of expert exchanges not hidden
  double data_exposed = 0;        ///< share of gradient and weight communication not hidden even where there is time
  double network = 0;             ///< share of the scale-out bandwidth reached
  double hop = 0;                 ///< s for each doubling of nodes in a collective
  double straggler = 0;           ///< share of a step lost for each doubling of nodes
  double bubble = 0;              ///< times the pipeline's fill and drain
  double passing_exposed = 0;     ///< share of handing activations to the next stage not hidden
  double accumulation_work = 0;   ///< times moving the bytes of adding a micro-batch's gradients to the sum once
  double optimizer_work = 0;      ///< times moving the optimizer's bytes once
  double step_overhead = 0;       ///< s of each step
  double misaligned = 0;          ///< times the attention of heads that are no multiple of 16 bytes
};
TrainingConstants training_constants(std::span<const double> values);

/// Seconds of one layer of one micro-batch, before any constant, and the bytes it keeps.
struct LayerBlock {
  double linear_forward = 0, linear_backward = 0;
  double attention = 0, scores = 0;   ///< fused, or unfused: products and softmax
  double experts = 0, experts_backward = 0;
  double moved = 0, sorted = 0;       ///< one pass
  double activation = 0;              ///< moving the bytes of the feed-forward activation
  double tensor = 0, tensor_out = 0;      ///< tensor-parallel communication of one pass: within the domain, beyond it
  double exchange = 0, exchange_out = 0;  ///< to the experts and back: within, beyond
  double context = 0, context_out = 0;    ///< keys and values passed on: within, beyond
  double kept = 0, kept_scores = 0, kept_whole = 0, kept_activation = 0, input = 0;  ///< bytes
  double parameters = 0, expert_parameters = 0;
  bool aligned = true;
};

/// What holds for every plan that shares tp, ep, cp, micro-batch and sequence parallelism.
struct Block {
  LayerBlock dense, routed;
  double layers_dense = 0, layers_routed = 0;
  double ends_forward = 0, ends_backward = 0, ends_moved = 0, ends_kept = 0, ends_parameters = 0;
  double hop_bytes = 0;       ///< of the activation passed between stages for each micro-batch, whole
  double scaleup = 0;         ///< bytes/s a large collective reaches within the domain
  double latency = 0;         ///< s of a small message within the domain
  double memory_bandwidth = 0, memory = 0;
  bool fused_attention = true, adapters = false;
  double gradient_bytes = 4, optimizer_bytes = 12;
  double log_spread = 0;
};

Block block_of(const Engine& engine, const workload::Transformer& model, const workload::TrainingTask& task, const workload::TrainingPlan& plan, const Network& network);

/// Layers of the fullest stage. Where they do not divide evenly, embedding and output count as a layer each.
double layers_of_stage(double layers, double stages);

enum class TrainingPart { linear, attention, experts, elementwise, tensor, exchange, context, pipeline, data, bubble, optimizer, host, offload };
inline constexpr std::size_t training_parts = 13;
std::string_view part_name(TrainingPart part);

struct TrainingMemory {
  double weights = 0, gradients = 0, optimizer = 0, activations = 0, logits = 0, buffers = 0;  ///< bytes of the fullest device
  double host = 0;  ///< bytes in the host's memory, of one device
  [[nodiscard]] double total() const { return weights + gradients + optimizer + activations + logits + buffers; }
};

struct TrainingStep {
  double seconds = 0;
  std::array<double, training_parts> parts{};  ///< seconds, summing to the step
  TrainingMemory memory;
  double micro_batches = 0;  ///< of one copy
};

/// No allocation, some hundreds of operations. Memory is computed, not held against the device: see fits().
TrainingStep step_of(const Block& block, const workload::TrainingTask& task, const workload::TrainingPlan& plan, const Network& network, const TrainingConstants& constants,
                     const TrainingMemoryPolicy& policy);

}  // namespace brightline::model
