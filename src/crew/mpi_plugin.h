// What the program and its MPI plug-in agree on. Plain C: the two share no library, and the program needs no MPI.
#pragma once

namespace brightline::crew {

inline constexpr int mpi_plugin_layout = 1;  ///< of the table below; counted up when it changes

extern "C" {

struct MpiPlugin {
  int layout;
  int rank;
  int ranks;
  void (*send)(int to, const char* bytes, unsigned long long size);  ///< copies, and does not wait
  long long (*arrived)(int* from);  ///< the size of a message that has arrived, to be received next; -1 for none
  void (*receive)(char* into);      ///< the message last said to have arrived
  int (*sending)();                 ///< messages that have not gone yet
  void (*finish)();                 ///< waits until they have gone, and ends MPI
};

/// The plug-in's one symbol. Begins MPI; null where MPI can't be begun. To be called once.
using BeginMpi = const MpiPlugin* (*)();
}

inline constexpr const char* mpi_plugin_symbol = "brightline_begin_mpi";
inline constexpr const char* mpi_plugin_file = "libbrightline_mpi.so";

}  // namespace brightline::crew
