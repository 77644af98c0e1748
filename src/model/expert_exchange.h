// Time of sending tokens to their experts and back: dispatch and combine over all devices that share the experts.
#pragma once
#include "model/collective.h"

namespace brightline::model {

struct ExpertExchangeConstants {
  double base = 0;         ///< s of both ways
  double node_hop = 0;     ///< s more once nodes are crossed
  double link = 0;         ///< share of the scale-up link
  double core_rate = 0;    ///< bytes/s one lent core moves
  double scale_out = 0;    ///< bytes/s a device sends to other nodes
  double token_cost = 0;   ///< s for each token and choice, over all cores
  double overlap_loss = 0;
};

/// Devices a token with `top_k` random experts reaches, of `devices`.
double devices_reached(double top_k, double devices);
Time expert_exchange_time(const workload::ExpertExchange& shape, const Link& link, const ExpertExchangeConstants& constants);

}  // namespace brightline::model
