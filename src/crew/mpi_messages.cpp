#include "crew/mpi_messages.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "base/problem.h"
#include "crew/mpi_plugin.h"

namespace brightline::crew {

namespace {

class MpiMessages : public Messages {
 public:
  explicit MpiMessages(const MpiPlugin& plugin) : plugin_(plugin) {}
  ~MpiMessages() override { plugin_.finish(); }
  MpiMessages(const MpiMessages&) = delete;
  MpiMessages& operator=(const MpiMessages&) = delete;
  MpiMessages(MpiMessages&&) = delete;
  MpiMessages& operator=(MpiMessages&&) = delete;

  [[nodiscard]] int rank() const override { return plugin_.rank; }
  [[nodiscard]] int ranks() const override { return plugin_.ranks; }
  void send(int to, std::string bytes) override { plugin_.send(to, bytes.data(), bytes.size()); }
  [[nodiscard]] bool sending() const override { return plugin_.sending() > 0; }

  std::optional<Message> receive() override {
    Message out;
    const long long size = plugin_.arrived(&out.from);
    if (size < 0) return std::nullopt;
    out.bytes.resize(static_cast<std::size_t>(size));
    plugin_.receive(out.bytes.data());
    return out;
  }

 private:
  const MpiPlugin& plugin_;
};

constexpr const char* built_with =
    "the plug-in is built where MPI is found: tools/setup mpi && make clean release; or start one process, without mpirun";

std::string plugin_path() {
  std::error_code failed;
  return (std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / mpi_plugin_file).string();
}

/// Never unloaded: MPI leaves threads and handlers behind.
BeginMpi load(const std::string& path) {
  // Global: MPI loads parts of its own that look for its symbols.
  void* plugin = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (plugin == nullptr) base::refuse("mpirun", fmt::format("the MPI plug-in can't be loaded: {}", dlerror()), built_with);
  void* symbol = dlsym(plugin, mpi_plugin_symbol);
  if (symbol == nullptr) base::refuse(path, "this is no MPI plug-in of brightline", built_with);
  return reinterpret_cast<BeginMpi>(symbol);
}

}  // namespace

std::unique_ptr<Messages> mpi_messages(const Launch& launch) {
  static bool begun = false;
  base::check(!begun, "MPI begins once in a process");
  const std::string path = plugin_path();
  const BeginMpi begin = load(path);
  begun = true;
  const MpiPlugin* plugin = begin();
  if (plugin == nullptr) base::refuse("mpirun", "MPI can't be begun with threads", "start one process, without mpirun");
  if (plugin->layout != mpi_plugin_layout) base::refuse(path, "the MPI plug-in is of another version of brightline", built_with);
  auto out = std::make_unique<MpiMessages>(*plugin);
  if (launch.ranks && *launch.ranks != out->ranks()) {
    base::refuse("mpirun",
                 fmt::format("{} processes were started, and MPI knows of {}: mpirun is of another MPI than the plug-in", *launch.ranks,
                             out->ranks()),
                 built_with);
  }
  return out;
}

}  // namespace brightline::crew
