// Runs programs alone and under mpirun, in a folder of their own. Shared by the tests of this suite.
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace brightline::tests {

namespace fs = std::filesystem;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

inline std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Ranks : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(BRIGHTLINE_MPI_PLUGIN) || std::string(BRIGHTLINE_MPIRUN).empty()) {
      GTEST_SKIP() << "Open MPI is not installed, or the build has not found it: tools/setup mpi";
    }
    std::string name = (fs::temp_directory_path() / "brightline-ranks-XXXXXX").string();
    scratch_ = mkdtemp(name.data());
  }
  void TearDown() override {
    if (!scratch_.empty()) fs::remove_all(scratch_);
  }

  /// ranks 0: without mpirun.
  [[nodiscard]] Ran run(int ranks, const std::string& options, const std::string& program = BRIGHTLINE_STUDY_PROGRAM) const {
    // Containers: root, no network, no reading of another process's memory. Sanitizers: MPI's own leaks are not ours.
    const std::string environment =
        "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_btl=self,vader OMPI_MCA_plm=isolated"
        " OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_mpi_yield_when_idle=1 ASAN_OPTIONS=detect_leaks=0";
    const std::string launcher = ranks == 0 ? "" : fmt::format("{} --oversubscribe --bind-to none -n {} ", BRIGHTLINE_MPIRUN, ranks);
    const fs::path out = scratch_ / "out";
    const fs::path err = scratch_ / "err";
    const int status = std::system(fmt::format("TMPDIR={} {} timeout 120 {}{} {} >{} 2>{} </dev/null", scratch_.string(), environment,
                                               launcher, program, options, out.string(), err.string())
                                       .c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
  }

  [[nodiscard]] std::string checkpoint(const char* name) const { return "checkpoint " + (scratch_ / name).string(); }

  static int resumed(const Ran& ran) {
    const auto at = ran.err.find("resumed ");
    return at == std::string::npos ? -1 : std::stoi(ran.err.substr(at + 8));
  }

  fs::path scratch_;
};

}  // namespace brightline::tests
