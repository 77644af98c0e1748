// Whatever a table of measurements holds, its rows are read or refused, never guessed, and nothing breaks.
#include <cstddef>
#include <cstdint>
#include <string>

#include "measured/table.h"
#include "model/kernel.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace brightline;
  // The first byte picks a header, so that rows are reached.
  static const std::string headers[] = {"gpu,framework,version,kernel_source,dtype,m,n,k,latency_us\n",
                                        "gpu,framework,version,phase,kernel_source,attn_dtype,kv_dtype,batch,isl,step,num_heads,num_kv_heads,head_dim,window,latency_us\n",
                                        "gpu,framework,version,kernel_source,dtype,num_tokens,hidden,inter,topk,experts,moe_tp,moe_ep,distribution,latency_us\n",
                                        "gpu,framework,version,op,kernel_source,dtype,num_gpus,message_elems,latency_us\n", ""};
  if (size == 0) return 0;
  const std::string text = headers[data[0] % 5] + std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto table = measured::read_table("fuzz", text);
  if (!table || !measured::is_kernel_table(table->kind)) return 0;
  for (const measured::Case& one : measured::kernel_cases(*table)) {
    if (one.refused.empty() && (one.operators.empty() || !(one.seconds > 0))) __builtin_trap();
    static_cast<void>(measured::held_out(one));
  }
  return 0;
}
