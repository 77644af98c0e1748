// Time of sending tokens to their experts and back: dispatch and combine over all devices that share the experts.
#pragma once
#include "model/collective.h"

namespace brightline::model {

struct ExpertExchangeConstants {
  double base;         ///< s of both ways
  double node_hop;     ///< s more once nodes are crossed
  double link;         ///< share of the scale-up link
  double core_rate;    ///< bytes/s one lent core moves
  double scale_out;    ///< bytes/s a device sends to other nodes
  double token_cost;   ///< s for each token and choice, over all cores
  double overlap_loss;
};

/// Devices a token with `top_k` random experts reaches, of `devices`.
double devices_reached(double top_k, double devices);
Time expert_exchange_time(const workload::ExpertExchange& shape, const Link& link, const ExpertExchangeConstants& constants);

}  // namespace brightline::model
