// Process nodes, memory types and bus generations and energies (data/technology): what a chip file refers to by name.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chip/area_facts.h"
#include "chip/packaging_facts.h"
#include "chip/sourced.h"

namespace brightline::chip {

/// One process node. Missing values are unknown.
struct Node {
  std::string id;
  std::string foundry;  ///< empty: a class of nodes, the foundry is not stated
  std::string name;
  std::string transistor;
  bool non_planar = false;  ///< FinFET or gate-all-around: its dies count in the applicable die area
  std::optional<int> first_volume_year;
  std::optional<Sourced> logic_density;   ///< transistors per mm2
  std::optional<Sourced> sram_bitcell;    ///< um2
  std::optional<Sourced> defect_density;  ///< per cm2
  std::optional<Sourced> wafer_price;     ///< USD for a 300 mm wafer
};

/// One memory type; values are per stack or device (`per_chip`: per accelerator).
struct MemoryType {
  std::string id;
  std::string name;
  std::vector<std::string> called;  ///< how chip files write it
  bool dram = true;                 ///< counts in total DRAM bandwidth
  bool hbm = false;
  bool per_chip = false;
  std::optional<int> year;
  std::optional<Sourced> interface_bits;
  std::optional<Sourced> pin_rate;      ///< GB/s
  std::optional<Sourced> bandwidth;     ///< GB/s
  std::optional<Sourced> capacity;      ///< GB
  std::optional<Sourced> package_area;  ///< mm2
  std::optional<Sourced> phy_area;      ///< mm2 on the accelerator's die
  std::optional<Sourced> energy;        ///< pJ/bit
  std::optional<Sourced> price;         ///< USD/GB
};

/// One generation of the system bus.
struct BusGeneration {
  int generation = 0;
  Sourced rate;  ///< GB/s per lane, both directions summed
};

/// What work costs in energy before any chip was measured (data/technology/energy.toml).
struct EnergyFacts {
  struct Operation {
    std::vector<std::string> nodes;  ///< ids of nodes
    std::vector<std::string> families;  ///< or of families whose sustained rate is known; they go before nodes
    Sourced energy;                  ///< pJ of a 16-bit tensor operation and what feeds it
    std::optional<Sourced> clock;  ///< MHz at which that holds
    std::optional<Sourced> share;  ///< of a family: of its peak rate, held in large products
    std::string node;              ///< of a family: that of the measured chip, where there is one
  };
  struct Format {
    std::string name;  ///< of a precision
    Sourced times;     ///< of the energy of a 16-bit operation
  };
  struct Link {
    std::vector<std::string> called;  ///< how the link's name begins
    Sourced energy;                   ///< pJ/bit
  };
  std::vector<Operation> operations;
  std::vector<Format> formats;
  std::vector<Link> links;
  std::optional<Sourced> scaleout;  ///< pJ/bit between nodes
  std::optional<Sourced> host;      ///< W of a node besides its accelerators
  int host_devices = 0;             ///< accelerators of that node
  std::optional<Sourced> unknown;   ///< how much wider the interval of what nobody states
};

/// How the memories of a core bound the tiles of a matrix product (data/technology/cores.toml).
struct CoreFacts {
  std::optional<Sourced> accumulator_share;  ///< of the registers may hold an output tile
  std::optional<Sourced> accumulator_bytes;  ///< of an element of it
  std::optional<Sourced> line_bytes;         ///< of scratchpad for each row or column of a tile, all stages
};

/// What load a rated power must carry (data/technology/rating.toml).
struct RatingFacts {
  Sourced share;              ///< of the peak rate, held in large products, where the family has none
  Sourced product, stream;    ///< operations a byte of memory: large products, reading weights and cache
  Sourced exponent;           ///< of the clock over that of the energy, for the energy of an operation
  Sourced least, most;        ///< clocks over that of the energy between which the exponent holds
  Sourced bus;                ///< pJ/bit
};

struct Technology {
  std::vector<Node> nodes;
  std::vector<MemoryType> memories;
  std::vector<BusGeneration> buses;
  EnergyFacts energy;
  CoreFacts core;
  std::optional<RatingFacts> rating;
  AreaFacts area;
  std::vector<DieFacts> dies;
  PackagingFacts packaging;

  [[nodiscard]] const Node* node(std::string_view id) const;
  /// By id, name or any way it is called, whatever the case.
  [[nodiscard]] const MemoryType* memory(std::string_view name) const;
  [[nodiscard]] const BusGeneration* bus(const base::Exact& generation) const;
};

}  // namespace brightline::chip
