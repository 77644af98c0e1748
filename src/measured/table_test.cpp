#include "measured/table.h"

#include <gtest/gtest.h>

namespace brightline::measured {
namespace {

Table read(const std::string& text) {
  auto table = read_table("test.csv", text);
  EXPECT_TRUE(table.has_value()) << base::render(table.error());
  return table ? std::move(*table) : Table{};
}

/// The one case of a kernel table with one row.
Case only(const std::string& header, const std::string& row) {
  std::vector<Case> cases = kernel_cases(read(header + "\n" + row + "\n"));
  EXPECT_EQ(cases.size(), 1U);
  return cases.empty() ? Case{} : std::move(cases[0]);
}

template <class Op>
Op operator_of(const Case& one) {
  EXPECT_EQ(one.refused, "");
  EXPECT_EQ(one.operators.size(), 1U);
  return std::get<Op>(one.operators.at(0));
}

const std::string gemm = "gpu,framework,version,kernel_source,dtype,m,n,k,latency_us";
const std::string attention = "gpu,framework,version,kernel_source,phase,attn_dtype,kv_dtype,batch,isl,step,num_heads,num_kv_heads,head_dim,window,latency_us";
const std::string experts = "gpu,framework,version,kernel_source,dtype,num_tokens,hidden,inter,topk,experts,moe_tp,moe_ep,distribution,latency_us";
const std::string latent = "gpu,framework,version,kernel_source,op,mla_dtype,kv_dtype,gemm_type,num_heads,batch,isl,step,latency_us";
const std::string collective = "gpu,framework,version,kernel_source,op,dtype,num_gpus,message_elems,latency_us";
const std::string exchange =
    "gpu,framework,version,kernel_source,op_name,node_num,hidden_size,num_token,num_topk,num_experts,dispatch_sms,"
    "dispatch_transmit_us,combine_transmit_us,dispatch_avg_t_us,combine_avg_t_us";
const std::string operators = "device,operator,m,n,k,dtype,measured_s,source";
const std::string layers = "device,phase,op,batch,input_len,output_len,d_model,heads,dtype,measured_s,source";
const std::string training = "hardware,model,global_batch,micro_batch,tp,value";
const std::string inference = "hardware,model,input_len,output_len,metric,value";

TEST(Table, TellsEachKindByItsHeader) {
  const std::tuple<std::string, TableKind, const char*> all[] = {{gemm, TableKind::gemm, "gemm"},
                                                                 {attention, TableKind::attention, "attention"},
                                                                 {experts, TableKind::experts, "moe"},
                                                                 {latent, TableKind::latent, "mla"},
                                                                 {collective, TableKind::collective, "comm"},
                                                                 {exchange, TableKind::exchange, "ep_a2a"},
                                                                 {layers, TableKind::layers, "layers"},
                                                                 {operators, TableKind::operators, "operators"},
                                                                 {training, TableKind::training, "training"},
                                                                 {inference, TableKind::inference, "inference"}};
  for (const auto& [header, kind, name] : all) {
    const Table table = read(header + "\n");
    EXPECT_EQ(table.kind, kind) << name;
    EXPECT_EQ(kind_name(table.kind), name);
    EXPECT_EQ(is_kernel_table(table.kind), kind != TableKind::training && kind != TableKind::inference) << name;
    EXPECT_TRUE(table.cells.empty());
  }
}

TEST(Table, AnUnknownHeaderIsRefusedWithTheKinds) {
  const auto table = read_table("test.csv", "m,n,latency_us\n1,2,3\n");
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().where.file, "test.csv");
  EXPECT_EQ(table.error().message, "no kind of measurements has these columns");
  for (const char* part :
       {"gemm (m, n, k, latency_us)", "attention (", "moe (", "mla (", "comm (", "ep_a2a (", "operators (", "layers (", "training (", "inference ("})
    EXPECT_NE(table.error().hint.find(part), std::string::npos) << part;
  EXPECT_FALSE(read_table("test.csv", "").has_value());
}

TEST(Table, ARowOfTheWrongLengthIsRefusedAtItsLine) {
  for (const char* row : {"1,2,3", "1,2,3,4,5"}) {
    const auto table = read_table("test.csv", std::string("m,n,k,latency_us\n1,2,3,4\n") + row + "\n");
    ASSERT_FALSE(table.has_value()) << row;
    EXPECT_EQ(table.error().where.line, 3);
    EXPECT_NE(table.error().message.find("but the header has 4"), std::string::npos);
  }
  EXPECT_FALSE(read_table("test.csv", "m,n,k,latency_us\n1,2,3,\"4\n").has_value());
}

TEST(Table, FindsCellsByColumn) {
  const Table table = read("hardware,metric,value,input_len,precision(weights/kv)\nH100,tpot_ms,12.5,1e3,fp8\nH100,x,12ms,,fp8\n");
  EXPECT_EQ(table.column("precision"), 4);
  EXPECT_EQ(table.column("prec"), -1);
  EXPECT_EQ(table.lines, (std::vector<int>{2, 3}));
  EXPECT_EQ(Cells(table, 0).text("precision"), "fp8");
  EXPECT_EQ(Cells(table, 0).text("absent"), "");
  EXPECT_EQ(Cells(table, 0).number("value"), 12.5);
  EXPECT_EQ(Cells(table, 0).number("input_len"), 1000);
  EXPECT_EQ(Cells(table, 1).number("value"), std::nullopt);
  EXPECT_EQ(Cells(table, 1).number("input_len"), std::nullopt);
}

TEST(Cases, AGemmRowIsItsProduct) {
  const Case one = only(gemm, "h100_sxm,vllm,0.18.0,cutlass,fp8_block,16,4096,7168,12.5");
  const auto g = operator_of<workload::Gemm>(one);
  EXPECT_EQ((std::array{g.m, g.n, g.k}), (std::array{16.0, 4096.0, 7168.0}));
  EXPECT_EQ(g.scheme, workload::NumberScheme::fp8_block);
  EXPECT_EQ(one.hardware, "h100_sxm");
  EXPECT_EQ(one.stack.versioned(), "vllm:cutlass@0.18.0");
  EXPECT_DOUBLE_EQ(one.seconds, 12.5e-6);
  EXPECT_EQ(one.shape, "4096x7168x");
  EXPECT_EQ(one.metric, "gemm fp8_block");
}

TEST(Cases, AMissingOrSmallNumberRefusesItsRowWithTheReason) {
  EXPECT_EQ(only(gemm, "h100_sxm,vllm,1,x,fp8,,4096,4096,9").refused, "'m' is missing or no number of at least 1");
  EXPECT_EQ(only(gemm, "h100_sxm,vllm,1,x,fp8,16,4096,four,9").refused, "'k' is missing or no number of at least 1");
  EXPECT_EQ(only(gemm, "h100_sxm,vllm,1,x,fp8,16,0,4096,9").refused, "'n' is missing or no number of at least 1");
  EXPECT_NE(only(gemm, "h100_sxm,vllm,1,x,fp8,16,4096,4096,").refused, "");
  EXPECT_NE(only(gemm, "h100_sxm,vllm,1,x,fp8,16,4096,4096,-9").refused, "");
  const auto cases = kernel_cases(read(gemm + "\nh,v,1,x,fp8,,1,1,9\nh,v,1,x,fp8,1,1,1,9\n"));
  ASSERT_EQ(cases.size(), 2U);  // the next row stands
  EXPECT_EQ(cases[1].refused, "");
  EXPECT_EQ(cases[1].line, 3);
}

TEST(Cases, NumberSchemesAreReadAsTablesWriteThem) {
  const auto scheme = [](const std::string& dtype) { return operator_of<workload::Gemm>(only(gemm, "h,v,1,x," + dtype + ",16,16,16,9")).scheme; };
  EXPECT_EQ(scheme("fp8_static"), workload::NumberScheme::fp8);
  EXPECT_EQ(scheme("fp8"), workload::NumberScheme::fp8);
  EXPECT_EQ(scheme("bfloat16"), workload::NumberScheme::bf16);
  EXPECT_EQ(scheme("float16"), workload::NumberScheme::fp16);
  EXPECT_EQ(scheme("sq"), workload::NumberScheme::int8);
  EXPECT_EQ(only(gemm, "h,v,1,x,fp9,16,16,16,9").refused, "number scheme 'fp9' is not modelled");
}

TEST(Cases, AnAttentionRowTellsPhaseAndFormats) {
  const Case decode = only(attention, "h200_sxm,trtllm,1,fmha,generation,bfloat16,fp8,32,1,4096,64,8,128,0,50");
  const auto d = operator_of<workload::Attention>(decode);
  EXPECT_TRUE(d.decode);
  EXPECT_EQ((std::array{d.batch, d.queries, d.past, d.heads, d.kv_heads, d.kv_bytes}), (std::array{32.0, 1.0, 4096.0, 64.0, 8.0, 1.0}));
  EXPECT_FALSE(d.narrow_product);
  EXPECT_EQ(decode.stack.name(), "trtllm:fmha:bf16:fp8");
  const auto p = operator_of<workload::Attention>(only(attention, "h200_sxm,trtllm,1,fmha,context,fp8,fp8,2,1024,0,64,8,128,128,50"));
  EXPECT_FALSE(p.decode);
  EXPECT_EQ((std::array{p.batch, p.queries, p.window}), (std::array{2.0, 1024.0, 128.0}));
  EXPECT_TRUE(p.narrow_product);
  EXPECT_NE(only(attention, "h,v,1,x,both,bf16,bf16,2,1024,0,64,8,128,0,50").refused, "");
}

TEST(Cases, AnExpertsRowTellsSkewAndForm) {
  const auto e = operator_of<workload::Experts>(only(experts, "b200_sxm,sglang,1,triton,nvfp4,256,7168,2048,8,256,2,4,power_law_1.2,90"));
  EXPECT_EQ((std::array{e.tokens, e.hidden, e.inter, e.top_k, e.experts, e.tensor_parallel, e.expert_parallel}),
            (std::array{256.0, 7168.0, 2048.0, 8.0, 256.0, 2.0, 4.0}));
  EXPECT_DOUBLE_EQ(e.skew, 1.2);
  EXPECT_TRUE(e.gated);
  const auto plain = operator_of<workload::Experts>(only(experts, "b200_sxm,sglang,1,moe_nongated,fp8,256,7168,2048,8,256,2,4,balanced,90"));
  EXPECT_DOUBLE_EQ(plain.skew, 0);
  EXPECT_FALSE(plain.gated);
  EXPECT_EQ(only(experts, "b200_sxm,sglang,1,x,fp8,256,7168,2048,8,256,2,4,zipf,90").refused, "distribution 'zipf' is not modelled");
}

TEST(Cases, ALatentRowTellsWhetherItsProjectionsCount) {
  const Case one = only(latent, "h200_sxm,sglang,1,fa3,mla_generation_module,bf16,fp8,fp8_block,16,8,1,2048,70");
  const auto a = operator_of<workload::LatentAttention>(one);
  EXPECT_TRUE(a.decode && a.module);
  EXPECT_EQ((std::array{a.heads, a.batch, a.queries, a.past, a.kv_bytes, a.widths.kv_latent}), (std::array{16.0, 8.0, 1.0, 2048.0, 1.0, 512.0}));
  EXPECT_EQ(one.stack.kernel, "fa3:bf16:fp8:fp8_block");
  const auto bare = operator_of<workload::LatentAttention>(only(latent, "h200_sxm,sglang,1,fa3,mla_context,bf16,bf16,,16,8,512,0,70"));
  EXPECT_FALSE(bare.decode || bare.module);
  EXPECT_DOUBLE_EQ(bare.queries, 512);
  EXPECT_NE(only(latent, "h,v,1,x,dsa_context,bf16,bf16,,16,8,512,0,70").refused, "");
}

TEST(Cases, ACollectiveRowCountsItsBytes) {
  const Case one = only(collective, "h100_sxm,trtllm,1,NCCL,all_gather,half,8,1048576,70");
  const auto c = operator_of<workload::Collective>(one);
  EXPECT_EQ(c.kind, workload::CollectiveKind::all_gather);
  EXPECT_DOUBLE_EQ(c.bytes, 2097152);
  EXPECT_DOUBLE_EQ(c.devices, 8);
  EXPECT_FALSE(c.custom);
  EXPECT_TRUE(operator_of<workload::Collective>(only(collective, "h,v,1,oneshot,all_reduce,half,8,4096,70")).custom);
  EXPECT_DOUBLE_EQ(operator_of<workload::Collective>(only(collective, "h,v,1,NCCL,all_reduce,float32,8,4096,70")).bytes, 16384);
  EXPECT_EQ(only(collective, "h,v,1,NCCL,broadcast,half,8,4096,70").refused, "operator 'broadcast' is not modelled");
}

TEST(Cases, AnExchangeRowAddsBothWays) {
  const Case plain = only(exchange, "h100_sxm,sglang,1,deepep,normal,2,7168,4096,8,256,20,100,250,,");
  const auto e = operator_of<workload::ExpertExchange>(plain);
  EXPECT_EQ((std::array{e.tokens, e.hidden, e.top_k, e.experts, e.devices, e.cores}), (std::array{4096.0, 7168.0, 8.0, 256.0, 16.0, 20.0}));
  EXPECT_DOUBLE_EQ(plain.seconds, 350e-6);
  const Case quick = only(exchange, "h100_sxm,sglang,1,deepep,ll,1,7168,128,8,256,,,,40,60");
  EXPECT_DOUBLE_EQ(operator_of<workload::ExpertExchange>(quick).cores, 0);
  EXPECT_DOUBLE_EQ(quick.seconds, 100e-6);
}

TEST(Cases, AnOperatorRowIsTimedInSeconds) {
  const Case one = only(operators, "A100,softmax,512,2048,,fp16,0.0001,x");
  const auto e = operator_of<workload::Elementwise>(one);
  EXPECT_EQ(e.kind, workload::ElementwiseKind::softmax);
  EXPECT_EQ((std::array{e.rows, e.columns, e.bytes}), (std::array{512.0, 2048.0, 2.0}));
  EXPECT_DOUBLE_EQ(one.seconds, 1e-4);
  EXPECT_EQ(only(operators, "4xA100,allreduce,1048576,,,bytes,0.0001,x").hardware, "A100");
  EXPECT_EQ(only(operators, "A100,conv,512,2048,,fp16,0.0001,x").refused, "operator 'conv' is not modelled");
}

TEST(Cases, ALayerRowIsOneDevicesPartOfFour) {
  const Case all = only(layers, "4xA100-SXM4-80GB TP4,prefill,Q_K_V,8,2048,0,12288,96,fp16,0.0137,x");
  EXPECT_EQ(all.hardware, "A100-SXM4-80GB");
  ASSERT_EQ(all.operators.size(), 3U);
  const auto g = std::get<workload::Gemm>(all.operators[2]);
  EXPECT_EQ((std::array{g.m, g.n, g.k}), (std::array{8.0 * 2048, 12288.0 / 4, 12288.0}));
  const auto scores = operator_of<workload::Gemm>(only(layers, "4xA100,decode,Q_mul_K,8,2048,1024,12288,96,fp16,1e-5,x"));
  EXPECT_EQ((std::array{scores.m, scores.n, scores.k, scores.batch}), (std::array{1.0, 3072.0, 128.0, 8.0 * 24}));
}

TEST(HeldOut, FoldsNeverMove) {  // a fit and its check must agree on them for ever
  EXPECT_EQ(fold_of("4096x4096x", 5), 3U);
  EXPECT_EQ(fold_of("8192x28672x", 5), 1U);
  EXPECT_EQ(fold_of("prefillxQ_K_Vx", 5), 0U);
  EXPECT_EQ(fold_of("12288x3072x", 1000), 127U);
}

TEST(HeldOut, IsAFifthOfTheShapesWhateverTheRow) {
  int held = 0;
  for (int n = 1; n <= 100; ++n) {
    for (int k = 1; k <= 100; ++k) held += fold_of(std::to_string(64 * n) + "x" + std::to_string(128 * k) + "x", 5) == 0 ? 1 : 0;
  }
  EXPECT_NEAR(held, 2000, 100);
  for (const char* m : {"1", "16", "8192"}) {
    EXPECT_TRUE(held_out(only(gemm, std::string("h100_sxm,vllm,1,x,bf16,") + m + ",2048,4096,9"))) << m;
    EXPECT_FALSE(held_out(only(gemm, std::string("h100_sxm,vllm,1,x,bf16,") + m + ",4096,4096,9"))) << m;
  }
}

}  // namespace
}  // namespace brightline::measured
