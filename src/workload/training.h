// One layer of a transformer in training, as one device runs it for one micro-batch: products, attention, data moved, what
// is kept for the backward pass. Shapes and counts only, no hardware. Docs: docs/model/training.md.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "workload/transformer.h"

namespace brightline::workload {

/// What is thrown away after the forward pass and computed again in the backward pass.
enum class Recompute { none, selective, full };  // selective: the attention's inside (arXiv:2205.05198)
std::optional<Recompute> recompute_named(std::string_view name);
std::string_view recompute_name(Recompute id);

/// How much of tensor-parallel communication runs beside the products it feeds.
enum class TensorOverlap { usual, none, ring, pipe };  // usual: as the software was measured

/// How training is spread over devices. `shard`: copies that weights, gradients or optimizer states are split over.
struct TrainingPlan {
  double tp = 1, pp = 1, dp = 1, ep = 1, cp = 1;
  double micro_batch = 1;
  double chunks = 1;  ///< pieces of the model each stage holds (interleaved schedule)
  bool sequence_parallel = false;  ///< norms and residuals split too: gather and scatter in the place of sums
  bool split_passing = true;       ///< each device of a tensor-parallel group hands only its part to the next stage
  bool regather = true;            ///< sequence parallelism: inputs of products are gathered again rather than kept whole
  bool fused_activation = false;   ///< the feed-forward activation's result is computed again from its input, not kept
  bool scatter_once = false;       ///< ZeRO-2: split gradients summed once a step, as Calculon reckons, not after each micro-batch
  bool overlap_data = true;        ///< gradients are summed beside the backward pass
  TensorOverlap overlap_tensor = TensorOverlap::usual;
  Recompute recompute = Recompute::none;
  int zero = 1;      ///< 0 none, 1 optimizer states, 2 also gradients, 3 also weights are split (FSDP)
  double shard = 0;  ///< of the dp copies; 0: all
  bool offload_weights = false, offload_activations = false, offload_optimizer = false;
  [[nodiscard]] double devices() const { return tp * pp * dp * cp; }
  [[nodiscard]] double shards() const { return shard > 0 ? shard : dp; }
};

/// What is trained, and what its software does of its own accord.
struct TrainingTask {
  double sequence = 2048;  ///< tokens
  double global_batch = 1;  ///< sequences of a step
  Numbers numbers;
  bool adapters = false;         ///< only small added matrices are trained (LoRA): no gradients of the weights
  bool fused_attention = true;   ///< scores never leave the core; else they are written to memory
  bool dropout = false;
  double gradient_bytes = 4;   ///< of one parameter
  double optimizer_bytes = 12;  ///< of one parameter: master weight and two moments
  double allocated = 1;         ///< memory the software takes over what it needs
  double imbalance = 1;         ///< tokens of the fullest expert-parallel device over the mean
};

/// One layer, one device, one micro-batch.
struct LayerWork {
  std::vector<Gemm> forward;             ///< linear layers
  std::vector<Gemm> backward;            ///< their input and weight gradients
  std::vector<Attention> attention;      ///< fused
  std::vector<double> attention_times;   ///< of each
  std::vector<Gemm> scores;              ///< unfused: two batched products
  double score_elements = 0;             ///< unfused: written, normalised, dropped
  bool aligned = true;                   ///< heads are multiples of 16 bytes
  std::vector<Gemm> experts;             ///< routed layers: grouped products, forward
  std::vector<Gemm> experts_backward;
  double exchanged = 0;                  ///< bytes of the routed copies of a device's tokens, one way
  double moved = 0;                      ///< bytes of norms, activations and additions, forward
  double sorted = 0;                     ///< bytes of tokens put in the order of their experts and back, and their activations
  double reduced = 0;                    ///< bytes of the vector that tensor parallelism sums after attention and after the feed-forward part
  double context = 0;                    ///< bytes of keys and values passed on in context parallelism
  double parameters = 0;                 ///< on the device, without routed experts
  double expert_parameters = 0;          ///< on the device
  double kept = 0;                       ///< bytes for the backward pass, nothing computed again
  double kept_scores = 0;                ///< of those, the part selective recomputation does not keep
  double kept_activation = 0;            ///< bytes of those that a fused activation does not keep
  double activation_moved = 0;           ///< bytes of computing it again
  double kept_whole = 0;                 ///< bytes more where sequence parallelism does not gather again
  double input = 0;                      ///< bytes of its input: all that full recomputation keeps
};

LayerWork layer_work(const Transformer& model, const TrainingTask& task, const TrainingPlan& plan, bool routed);

/// Embedding and output layer.
struct EndWork {
  std::vector<Gemm> forward, backward;  ///< the output layer, per micro-batch
  double moved = 0;       ///< bytes of the loss over the vocabulary, both passes
  double parameters = 0;  ///< of one of the two, on a device
  double kept = 0;        ///< bytes of the logits
};
EndWork end_work(const Transformer& model, const TrainingTask& task, const TrainingPlan& plan);

/// Operations of a step over all devices. Model convention: forward and twice that backward, causal attention counted by half
/// (`whole_scores` false) or in full as Megatron-LM does; recomputation is not counted.
double training_operations(const Transformer& model, const TrainingTask& task, bool whole_scores);
/// With what is computed again (hardware convention).
double hardware_operations(const Transformer& model, const TrainingTask& task, const TrainingPlan& plan, bool whole_scores);

}  // namespace brightline::workload
