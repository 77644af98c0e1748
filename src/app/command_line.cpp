#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <tuple>

#include "app/argument_words.h"
#include "app/boundary_command.h"
#include "app/chips_command.h"
#include "app/estimate_command.h"
#include "app/exposure_command.h"
#include "app/judge_command.h"
#include "app/law_command.h"
#include "app/prices_command.h"
#include "app/search_command.h"
#include "app/stored.h"
#include "app/train_command.h"
#include "app/validate_command.h"

namespace brightline::app {

namespace {

struct Commands {
  Places places;
  std::string colour = "auto";
  JudgeOptions judge;
  BoundaryOptions boundary;
  LawOptions law;
  ChipsOptions chips;
  ExposureOptions exposure;
  EstimateOptions estimate, plan;
  PricesOptions prices;
  SearchOptions search;
  StoredOptions stored;
  ValidateOptions validate;
  int (*run)(Commands&, Streams&) = nullptr;
};

// The commands that take nothing else from the options every command has.
template <auto options, auto command>
int run_in_places(Commands& commands, Streams& streams) {
  (commands.*options).places = commands.places;
  return command(commands.*options, streams);
}

// Left out it is the default; 0 would be too, in silence.
CLI::Validator above_zero() {
  const auto check = [](const std::string& text) { return is_zero(text) ? "'" + text + "' must be above 0" : std::string(); };
  return CLI::Validator(check, "", "above 0");
}

CLI::Validator one_of(std::vector<std::string> values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + value;
  const auto check = [values = std::move(values), list](const std::string& text) {
    const bool known = std::ranges::find(values, text) != values.end();
    return known ? std::string() : "'" + text + "' is none of " + list;
  };
  return CLI::Validator(check, "", "one of");
}

void add_format(CLI::App& app, bool& json, std::string& format) {
  app.add_flag("--json", json, "One JSON document");
  app.add_option("--format", format, "table, json, csv or md")->check(one_of({"table", "json", "csv", "md"}));
}

void add_transaction(CLI::App& app, TransactionOptions& options) {
  app.add_option("--to", options.to, "Destination, ISO 3166 alpha-2 (CN) or a name");
  app.add_option("--on", options.on, "Day, such as 2024-01-15; default today");
  app.add_option("--from", options.from, "Where it leaves from; default US");
  app.add_option("--hq", options.hq, "Where the party is headquartered; default the destination");
  app.add_option("--parent", options.parent, "Where its ultimate parent is headquartered; default as --hq");
  app.add_option("--action", options.action, "export, reexport, transfer or remote-access")->check(one_of({"export", "reexport", "transfer", "remote-access", "import"}));
  app.add_option("--as", options.as, "The law in the text, or as enforced")->check(one_of({"text", "enforced"}));
  app.add_flag("--no-letters", options.no_letters, "Leave out is-informed letters");
  app.add_option("--maker", options.maker, "Maker of a chip that is not in the catalogue: letters to it apply");
  app.add_option("--set", options.set, "Any word of the vocabulary, as word=value (see: brightline law words)")->allow_extra_args(false);
}

void add_judge(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("judge", "What the law says of a chip, with clause, measure and margin");
  JudgeOptions& options = commands.judge;
  sub->add_option("chip", options.chip, "Catalogue id, a TOML file, or - with --set");
  sub->add_option("--batch", options.batch, "Judge every row of a CSV file (- is standard input)");
  sub->add_flag("--csv", options.csv, "CSV out: the default of a batch");
  add_transaction(*sub, options.transaction);
  sub->add_flag("--json", options.json, "One JSON document");
  sub->footer("Examples:\n  brightline judge h20-96 --to CN --on 2024-01-15\n  brightline judge h100-sxm --to MY --hq CN --on 2026-06-15 --json\n"
              "  brightline judge my-chip.toml --to CN\n  brightline judge - --to CN --set tpp=2300 --set applicable_die_area=600mm2 --set datacenter=yes --set item_kind=ic\n"
              "  brightline judge --batch stock.csv --csv > judged.csv");
  sub->callback([&commands] {
    commands.run = [](Commands& c, Streams& streams) {
      if (c.judge.chip.empty() && c.judge.batch.empty()) {
        base::refuse("judge", "name a chip, or a file with --batch", "brightline judge h20-96 --to CN");
      }
      c.judge.places = c.places;
      return run_judge(c.judge, streams);
    };
  });
}

void add_boundary(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("boundary", "The performance boundary list: where the line runs, and every chip beside it");
  BoundaryOptions& options = commands.boundary;
  options.transaction.to = "CN";
  add_transaction(*sub, options.transaction);
  sub->add_option("--workload", options.workloads, "Workloads the designs are best at; default those of the space")->delimiter(',');
  sub->add_option("--space", options.space, "Space of designs: an id of data/spaces, or a file; default hopper-n4");
  sub->add_flag("--no-designs", options.no_designs, "Only the region and the products");
  sub->add_flag("--fresh", options.fresh, "Answer anew, whatever is stored");
  sub->add_option("--threads", options.threads, "Threads; default all cores");
  sub->add_option("--svg", options.svg, "Draw the region and the products into this file");
  sub->add_option("--page", options.page, "Write one self-contained HTML page");
  add_format(*sub, options.json, options.format);
  sub->footer("Examples:\n  brightline boundary\n  brightline boundary --to CN --on 2023-11-17 --svg region.svg\n  brightline boundary --with safe-chips --json");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::boundary, run_boundary>; });
}

void add_stored(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("stored", "Answers kept on disk: what was asked, under which law and data; one of them again");
  StoredOptions& options = commands.stored;
  sub->add_option("hash", options.hash, "The beginning of an answer's hash: prints it as it was");
  add_format(*sub, options.json, options.format);
  sub->footer("Examples:\n  brightline stored\n  brightline stored 3f1c2a\nBRIGHTLINE_STORE names the file; BRIGHTLINE_STORE=none keeps nothing.");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::stored, run_stored>; });
}

void add_search(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("search", "The best chip of a space of designs under the law of a day, with a proof");
  SearchOptions& options = commands.search;
  options.transaction.to = "CN";
  sub->add_option("--space", options.spaces, "Spaces: ids of data/spaces, or files; default hopper-n4")->delimiter(',');
  sub->add_option("--workload", options.workloads, "Workloads, such as llama3-70b-decode; default those of the space")->delimiter(',');
  sub->add_flag("--each", options.each, "Every workload a study of its own");
  add_transaction(*sub, options.transaction);
  sub->add_option("--days", options.days, "Several days, each a study of its own")->delimiter(',');
  sub->add_option("--standing", options.standings, "none (nothing required), notify, or licensable; several make several studies")->delimiter(',');
  sub->add_option("--assume", options.assume, "strict, or lenient: what is unknown counts as legal")->check(one_of({"strict", "lenient"}));
  sub->add_option("--objective", options.objective, "performance, per-usd, per-watt or per-mm2")->check(one_of({"performance", "per-usd", "per-watt", "per-mm2"}));
  sub->add_option("--budget", options.budget, "USD to make one device, at most")->check(above_zero());
  sub->add_option("--power", options.power, "W of one device, at most; default the space's")->check(above_zero());
  sub->add_option("--devices", options.wishes.devices, "Devices a workload is spread over; default 8")->check(above_zero());
  sub->add_option("--tp", options.wishes.tp, "Tensor parallelism; default what is best on the reference chip")->check(above_zero());
  sub->add_option("--batch", options.wishes.batch, "Sequences together; default the workload's")->check(above_zero());
  sub->add_option("--input", options.wishes.input, "Tokens of a prompt; default the workload's")->check(above_zero());
  sub->add_option("--output", options.wishes.output, "Tokens written; default the workload's")->check(above_zero());
  sub->add_option("--precision", options.wishes.precision, "Number format of the products, such as bf16 or fp8");
  sub->add_option("--resolution", options.resolution, "Designs nearer to each other than this share are equals (1e-4)");
  sub->add_option("--threads", options.threads, "Threads; default all cores");
  sub->add_option("--seconds", options.seconds, "Stop the search for each design after so long and tell its gap");
  sub->add_flag("--sweep", options.sweep, "Look at designs one by one and keep the frontier, instead of proving the best");
  sub->add_option("--sample", options.sample, "Designs a sweep looks at, spread over the space; default all");
  sub->add_option("--over", options.over, "What a sweep's frontier is drawn over: prefill, decode, training, cost, energy, area, margin")->delimiter(',');
  sub->add_option("--resume", options.resume, "Keep finished studies in this file, and go on from it");
  add_format(*sub, options.json, options.format);
  sub->footer("Examples:\n  brightline search --to CN --on 2024-01-15\n  brightline search --space ampere-n7 --workload gpt3-175b-decode --devices 4 --tp 4 --standing notify\n"
              "  brightline search --space hopper-n4,ampere-n7 --days 2023-01-15,2024-01-15 --standing none,notify --resume studies.sqlite --format csv\n"
              "  brightline search --sweep --sample 20000000 --over prefill,decode,cost --json\n  mpirun -n 8 brightline search --days 2023-01-15,2024-01-15 --resume studies.sqlite\n"
              "Ctrl-C ends it with the best so far and the gap that is left. Exit code 1: no design was found, or studies are left to do.");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::search, run_search>; });
}

void add_law_part(CLI::App& law, Commands& commands, const char* name, const char* help, LawOptions::What what) {
  CLI::App* sub = law.add_subcommand(name, help);
  LawOptions& options = commands.law;
  add_format(*sub, options.json, options.format);
  if (what == LawOptions::What::show) sub->add_option("id", options.id, "An instrument, a clause, or a day (the law in force on it)")->required();
  if (what == LawOptions::What::diff) {
    sub->add_option("before", options.before, "First day")->required();
    sub->add_option("after", options.after, "Second day")->required();
    sub->add_option("--to", options.to, "Destination for which chips are judged");
    sub->add_flag("--no-letters", options.no_letters, "Leave out is-informed letters");
  }
  if (what == LawOptions::What::diff || what == LawOptions::What::show) {
    sub->add_option("--as", options.as, "The law in the text, or as enforced")->check(one_of({"text", "enforced"}));
  }
  sub->callback([&commands, what] {
    commands.law.what = what;
    commands.run = [](Commands& c, Streams& streams) {
      c.law.places = c.places;
      return run_law(c.law, streams);
    };
  });
}

void add_law(CLI::App& app, Commands& commands) {
  CLI::App* law = app.add_subcommand("law", "The instruments, and the law of any day");
  law->require_subcommand(1);
  add_law_part(*law, commands, "timeline", "Every instrument in the order of its days", LawOptions::What::timeline);
  add_law_part(*law, commands, "show", "One instrument, one clause, or the law of a day", LawOptions::What::show);
  add_law_part(*law, commands, "diff", "What changed between two days, and for which chips", LawOptions::What::diff);
  add_law_part(*law, commands, "check", "Check the law files: names, cycles, conflicts, on every day", LawOptions::What::check);
  add_law_part(*law, commands, "words", "The vocabulary: every word a condition may use", LawOptions::What::words);
  law->footer("Examples:\n  brightline law timeline\n  brightline law show 88-FR-73458\n  brightline law diff 2023-11-16 2023-11-17 --to CN\n  brightline law check");
}

void add_chips(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("chips", "The catalogue: list, filter, show one with its sources, check");
  ChipsOptions& options = commands.chips;
  sub->add_option("id", options.id, "Show this chip with every source");
  sub->add_option("--maker", options.maker, "Only this maker's");
  sub->add_option("--segment", options.segment, "datacenter, workstation, consumer, edge or desktop");
  sub->add_option("--country", options.country, "Only makers headquartered there");
  sub->add_option("--line", options.line, "Only this product line");
  sub->add_flag("--check", options.check, "Check the values against each other");
  add_format(*sub, options.json, options.format);
  sub->footer("Examples:\n  brightline chips\n  brightline chips h20-96\n  brightline chips --country CN --format csv\n  brightline chips --check");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::chips, run_chips>; });
}

void add_exposure(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("exposure", "A stock list judged on two days: what became blocked or free, in money");
  ExposureOptions& options = commands.exposure;
  sub->add_option("stock", options.stock, "CSV: id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct (- is standard input)")->required();
  sub->add_option("--from-date", options.from_date, "The earlier day")->required();
  sub->add_option("--to-date", options.to_date, "The later day")->required();
  add_transaction(*sub, options.transaction);
  for (const char* one : {"--on", "--maker"}) sub->get_option(one)->group("");  // refused with a hint: two days, makers known
  add_format(*sub, options.json, options.format);
  sub->footer("Example:\n  brightline exposure stock.csv --from-date 2025-04-08 --to-date 2025-04-16");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::exposure, run_exposure>; });
}

void add_prices(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("prices", "What accelerators, electricity and cooling cost: who asks how much, where and when");
  PricesOptions& o = commands.prices;
  sub->add_option("item", o.item, "A chip, electricity, pue or server; default all");
  sub->add_option("--kind", o.kind, "purchase, rent, electricity, pue or server_overhead");
  sub->add_option("--region", o.region, "Only of this country (CN), part of one (US-TX), or global");
  add_format(*sub, o.json, o.format);
  sub->footer("Examples:\n  brightline prices h20-96\n  brightline prices --kind rent --region CN\n  brightline prices electricity --format csv");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::prices, run_prices>; });
}

void add_cost(CLI::App& sub, CostOptions& o) {
  constexpr const char* group = "Cost";
  sub.add_flag("--rent", o.rent, "Rented; default where a rent is known")->group(group);
  sub.add_flag("--owned", o.owned, "Bought and run")->group(group);
  sub.add_option("--price-class", o.price_class, "On whose terms: one-year, on-demand, spot, card, ... (see: brightline prices)")->group(group);
  sub.add_option("--region", o.region, "Where: a country (CN), a part of one (US-TX), or global")->group(group);
  sub.add_option("--usd-per-hour", o.usd_per_hour, "A rent of your own, for an hour of one device")->group(group);
  sub.add_option("--electricity", o.electricity, "USD a kWh (owned)")->group(group);
  sub.add_option("--pue", o.pue, "Energy of the site over that of its computers (owned)")->group(group);
  sub.add_option("--years", o.years, "Over which a purchase is written off (owned)")->group(group);
  sub.add_option("--utilisation", o.utilisation, "Share of the paid hours that is worked, up to 1")->group(group);
}

// 0 stands for "the best" or "the usual" within; who writes it asked for something else.
CLI::Option* at_least_one(CLI::Option* option) {
  return option->each([option](const std::string& text) {
    if (text.find_first_not_of("+-0.") == std::string::npos && text.find('0') != std::string::npos) base::refuse(option->get_name(), "'" + text + "' must be a whole number from 1 to 10,000,000");
  });
}

void add_training(CLI::App& sub, TrainingOptions& o) {
  constexpr const char* group = "Training";
  at_least_one(sub.add_option("--micro-batch", o.micro_batch, "Sequences a device works on at a time; default the best"))->group(group);
  at_least_one(sub.add_option("--chunks", o.chunks, "Pieces of the model each pipeline stage holds (interleaved); default the best"))->group(group);
  sub.add_option("--zero", o.zero, "0 to 3: what is split over the copies; default the best")->group(group);
  sub.add_option("--recompute", o.recompute, "none, selective or full; default the best")->group(group);
  sub.add_option("--stages", o.stages, "even: pipeline stages must divide the layers; uneven: they need not (default)")->group(group);
  sub.add_flag("--offload", o.offload, "Weights, activations and optimizer states may go to the host's memory")->group(group);
  sub.add_option("--cluster", o.cluster, "Whose network joins the devices, such as dgx-h100; default the chip's usual one")->group(group);
  sub.add_option("--tokens", o.tokens, "Of a whole run, such as 15e12: its days, device-hours, energy and cost")->group(group);
  sub.add_option("--threads", o.threads, "That search plans; default all")->group(group);
}

void add_plan_parts(CLI::App& sub, EstimateOptions& o) {
  for (const auto& [name, value, help] : {std::tuple{"--tp", &o.tp, "Tensor parallelism"}, {"--pp", &o.pp, "Pipeline parallelism"}, {"--dp", &o.dp, "Data parallelism: copies"}, {"--ep", &o.ep, "Expert parallelism"}, {"--cp", &o.cp, "Context parallelism"}})
    at_least_one(sub.add_option(name, *value, std::string(help) + "; default the best plan"));
}

void add_plan(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("plan", "The best way to train a model on a cluster, the runners-up and why each lost");
  EstimateOptions& o = commands.plan;
  sub->add_option("--chip", o.chips, "Catalogue id, a name, or a TOML file")->delimiter(',')->allow_extra_args(false);
  sub->add_option("--count", o.count, "How many devices; default 1");
  sub->add_option("--model", o.model, "A model, such as llama3-405b");
  sub->add_option("--workload", o.workload, "The same with its phase, such as llama3-405b-train");
  at_least_one(sub->add_option("--batch", o.batch, "Sequences of a step, over all devices"));
  at_least_one(sub->add_option("--input", o.input, "Tokens of a sequence"));
  sub->add_option("--precision", o.precision, "Of the products: bf16, fp8, fp8_block or nvfp4");
  sub->add_option("--software", o.software, "Whose overheads: megatron-bridge, llm-foundry, ...");
  add_plan_parts(*sub, o);
  add_training(*sub, o.training);
  sub->add_option("--top", o.training.top, "How many plans to tell; default 8");
  sub->add_option("--against", o.training.against, "Another chip, such as the one this was cut from: how much longer a step takes, with its plan and with a new one");
  sub->add_flag("--every-choice", o.training.every_choice, "Also ways of communicating that no software would take: the space Calculon searches");
  add_cost(*sub, o.cost);
  add_format(*sub, o.json, o.format);
  sub->footer("Examples:\n  brightline plan --chip h100-sxm --count 1024 --model llama3-405b\n  brightline plan --chip a100-sxm-80 --count 4096 --model megatron-1t --batch 4096 --input 2048 --offload --every-choice\n  brightline plan --chip h800-sxm --against h100-sxm --count 1024 --model gpt3-175b --batch 1536\nExit 1: no plan fits.");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::plan, run_plan>; });
}

void add_estimate(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("estimate", "What a model does on chips: latency, throughput, memory, with an error bar");
  EstimateOptions& o = commands.estimate;
  sub->add_option("--chip", o.chips, "Catalogue id, a name, or a TOML file; several, with commas, are set side by side")->delimiter(',')->allow_extra_args(false);
  sub->add_option("--count", o.count, "How many devices; default 1");
  sub->add_option("--workload", o.workload, "A model and a phase, such as llama3-70b-decode or llama3-70b-train");
  sub->add_option("--model", o.model, "A model, when not --workload");
  sub->add_option("--phase", o.phase, "prefill, decode, serve or train; default decode");
  at_least_one(sub->add_option("--batch", o.batch, "Sequences together, over all devices; in serve the requests in flight, in training those of a step"));
  at_least_one(sub->add_option("--input", o.input, "Tokens of a prompt, or of a sequence trained on"));
  sub->add_option("--output", o.output, "Tokens written to each");
  sub->add_option("--precision", o.precision, "Weights: bf16, fp8, fp8_block, nvfp4, int8, int4_wo, ...; default as published");
  sub->add_option("--kv", o.kv, "KV cache: bf16 or fp8");
  sub->add_option("--software", o.software, "Whose overheads: vllm, sglang, trtllm, ...; default the best");
  add_plan_parts(*sub, o);
  sub->add_option("--ttft-ms", o.ttft_ms, "Goal for the first token (serve)");
  sub->add_option("--tpot-ms", o.tpot_ms, "Goal for each further token (serve)");
  add_training(*sub, o.training);
  add_cost(*sub, o.cost);
  add_format(*sub, o.json, o.format);
  sub->footer("Examples:\n  brightline estimate --chip h20-96 --count 8 --workload llama3-70b-decode\n  brightline estimate --chip h100-sxm --count 8 --model llama3-70b --phase prefill --input 8192\n"
              "  brightline estimate --chip h20-96,h100-sxm,ascend910b2 --count 8 --workload llama3-70b-decode\n  brightline estimate --chip ascend910c --count 16 --workload deepseek-v3-serve --ttft-ms 2000 --tpot-ms 50 --json\n  brightline estimate --chip h800-sxm --count 2048 --workload deepseek-v3-train --tokens 1e12\nExit 1: it does not fit, or no plan meets the goals.");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::estimate, run_estimate>; });
}

void add_validate(CLI::App& app, Commands& commands) {
  CLI::App* sub = app.add_subcommand("validate", "Predictions beside measurements: how far off the model is");
  ValidateOptions& o = commands.validate;
  sub->add_option("files", o.files, "CSV files of measurements, or folders of them (- is standard input)")->required();
  sub->add_flag("--rows", o.rows, "Each row too");
  sub->add_flag("--csv", o.csv, "Each row as CSV");
  sub->add_option("--report", o.report, "Write the accuracy page and its plots into this folder");
  add_format(*sub, o.json, o.format);
  sub->footer("Examples:\n  brightline validate data/measurements/inference.csv\n  brightline validate gemm_h100_sxm.csv --json --rows\n  brightline validate measured/ --csv > compared.csv");
  sub->callback([&commands] { commands.run = run_in_places<&Commands::validate, run_validate>; });
}

void add_everywhere(CLI::App& app, Commands& commands) {
  app.fallthrough();
  app.require_subcommand(1);
  app.set_version_flag("--version", BRIGHTLINE_VERSION);
  app.add_option("--data", commands.places.data, "Data folder, instead of the program's own");
  app.add_option("--law", commands.places.law, "Law folder, instead of the program's own");
  app.add_option("--with", commands.places.with, "Apply a proposed instrument: an id from law/proposed, or a file")->allow_extra_args(false);
  app.add_option("--colour,--color", commands.colour, "auto, always or never")->check(one_of({"auto", "always", "never"}));
  app.footer("Exit codes: 0 done or yes, 1 answered no, 2 bad input, 3 our fault. Not legal advice.");
}

std::vector<CLI::App*> all_of(const CLI::App& app) {
  return const_cast<CLI::App&>(app).get_subcommands([](CLI::App*) { return true; });  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

base::Problem no_command(const CLI::App& at, const std::vector<std::string>& left) {
  std::vector<std::string> names;
  std::string list;
  for (const CLI::App* sub : all_of(at)) {
    names.push_back(sub->get_name());
    list += (list.empty() ? "one of " : ", ") + names.back();
  }
  const auto word = std::ranges::find_if(left, [](const std::string& one) { return !one.starts_with("-"); });
  if (word == left.end()) return {{}, "a command is missing", list};
  const std::string near = base::did_you_mean(*word, names);
  return {{}, "there is no command '" + *word + "'", near.empty() ? list : near};
}

base::Problem not_expected(const CLI::App& app, const CLI::App& at, const std::vector<std::string>& left, const std::string& help) {
  const auto option = std::ranges::find_if(left, [](const std::string& one) { return one.starts_with("-"); });
  if (option == left.end()) return {{}, "'" + left.front() + "' is not expected here", help};
  std::vector<std::string> names;
  for (const CLI::App* one : {&app, &at}) {
    for (const CLI::Option* known : one->get_options()) {
      for (const std::string& name : known->get_lnames()) names.push_back("--" + name);
    }
  }
  const std::string near = base::did_you_mean(*option, names);
  return {{}, "there is no option '" + *option + "'", near.empty() ? help : near};
}

// The library's own words are about arguments and types; these are about what the user wrote.
base::Problem explained(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  std::string path = app.get_name();
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    path += " " + at->get_name();
  }
  const std::string help = path + " --help";
  const std::string text = error.what();
  const std::vector<std::string> left = app.remaining(true);
  base::Problem out{{}, text, help};
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !all_of(*at).empty()) out = no_command(*at, left);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !left.empty()) out = not_expected(app, *at, left, help);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) out.message = text.substr(0, text.find(':')) + (text.find("At Most") != std::string::npos || text.find("received 2") != std::string::npos ? ": given twice" : ": a value is missing");
  if (const std::string plain = unread_number(text); !plain.empty()) out.message = plain;
  out.where.file = path;
  return out;
}

int parse_and_run(int argc, const char* const* argv, Streams& streams) {
  Commands commands;
  CLI::App app{"Brightline: what export law says of an AI chip, where its lines run, and what the chip delivers", "brightline"};
  add_everywhere(app, commands);
  add_boundary(app, commands);
  add_search(app, commands);
  add_judge(app, commands);
  add_law(app, commands);
  add_chips(app, commands);
  add_exposure(app, commands);
  add_prices(app, commands);
  add_estimate(app, commands);
  add_plan(app, commands);
  add_validate(app, commands);
  add_stored(app, commands);
  for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) sub->fallthrough();
  for (CLI::App* sub : app.get_subcommand("law")->get_subcommands([](CLI::App*) { return true; })) sub->fallthrough();
  refuse_empty(argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, streams.out, streams.err);
    streams.err << base::render(explained(app, error));
    return bad_input;
  }
  if (commands.colour != "auto") streams.terminal.colour = commands.colour == "always";
  return commands.run(commands, streams);
}

}  // namespace

int run(int argc, const char* const* argv, Streams& streams) {
  try {
    return parse_and_run(argc, argv, streams);
  } catch (const base::BadInput& problem) {
    streams.err << problem.what();
    return bad_input;
  } catch (const std::exception& fault) {
    streams.err << "brightline: internal error: " << fault.what() << "\n  hint: this is our fault; please report it with the command you ran\n";
    return our_fault;
  }
}

}  // namespace brightline::app
