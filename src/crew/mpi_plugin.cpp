// The plug-in libbrightline_mpi.so: messages over MPI's C interface. It is no part of the program, which loads it when
// mpirun has started it.
#include "crew/mpi_plugin.h"

#include <mpi.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

namespace brightline::crew {

namespace {

// A message is its size, then its bytes in pieces: MPI counts in int, and a text may be longer than that.
constexpr int size_tag = 1;
constexpr int piece_tag = 2;
constexpr std::uint64_t piece_size = std::uint64_t{8} << 20U;

struct Outgoing {
  std::uint64_t size = 0;
  std::string bytes;
  std::vector<MPI_Request> requests;
};

std::list<Outgoing> outgoing;  // in place until it has gone
int arrived_from = 0;
std::uint64_t arrived_size = 0;

/// Calls use(offset, length) for each piece of a message.
template <class Use>
void for_pieces(std::uint64_t size, Use use) {
  for (std::uint64_t at = 0; at < size; at += piece_size) use(at, static_cast<int>(std::min(piece_size, size - at)));
}

void forget_gone() {
  for (auto one = outgoing.begin(); one != outgoing.end();) {
    int gone = 0;
    MPI_Testall(static_cast<int>(one->requests.size()), one->requests.data(), &gone, MPI_STATUSES_IGNORE);
    one = gone != 0 ? outgoing.erase(one) : std::next(one);
  }
}

void send(int to, const char* bytes, unsigned long long size) {
  Outgoing& one = outgoing.emplace_back();
  one.size = size;
  one.bytes.assign(bytes, size);
  MPI_Isend(&one.size, 1, MPI_UINT64_T, to, size_tag, MPI_COMM_WORLD, &one.requests.emplace_back());
  for_pieces(size, [&](std::uint64_t at, int length) {
    MPI_Isend(&one.bytes[at], length, MPI_BYTE, to, piece_tag, MPI_COMM_WORLD, &one.requests.emplace_back());
  });
}

long long arrived(int* from) {
  forget_gone();
  int there = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, size_tag, MPI_COMM_WORLD, &there, &status);
  if (there == 0) return -1;
  arrived_from = status.MPI_SOURCE;
  *from = arrived_from;
  MPI_Recv(&arrived_size, 1, MPI_UINT64_T, arrived_from, size_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return static_cast<long long>(arrived_size);
}

void receive(char* into) {
  for_pieces(arrived_size, [&](std::uint64_t at, int length) {
    MPI_Recv(into + at, length, MPI_BYTE, arrived_from, piece_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  });
}

int sending() { return static_cast<int>(outgoing.size()); }

void finish() {
  for (Outgoing& one : outgoing) MPI_Waitall(static_cast<int>(one.requests.size()), one.requests.data(), MPI_STATUSES_IGNORE);
  outgoing.clear();
  MPI_Finalize();
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const MpiPlugin* brightline_begin_mpi() {
  static MpiPlugin table{mpi_plugin_layout, 0, 0, send, arrived, receive, sending, finish};
  int provided = 0;  // one thread of a rank speaks, others work
  if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) return nullptr;
  MPI_Comm_rank(MPI_COMM_WORLD, &table.rank);
  MPI_Comm_size(MPI_COMM_WORLD, &table.ranks);
  return provided >= MPI_THREAD_FUNNELED ? &table : nullptr;
}

}  // namespace brightline::crew
