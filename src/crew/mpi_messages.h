// Messages over MPI, by a plug-in that lies beside the program.
#pragma once
#include <memory>

#include "crew/launch.h"
#include "crew/messages.h"

namespace brightline::crew {

/// Loads the plug-in and begins MPI. BadInput where the plug-in is missing or does not know this launch.
std::unique_ptr<Messages> mpi_messages(const Launch& launch);

}  // namespace brightline::crew
