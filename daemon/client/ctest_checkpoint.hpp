// How far a run of ctest has come, in case it is interrupted: CTestCheckpoint.txt, for -F.
#pragma once

#include <cstdint>
#include <fstream>
#include <set>
#include <string>

namespace winnow::client {

/// The numbers of the tests that an interrupted run of this build tree has done; lines that are
/// none are passed over.
std::set<std::uint32_t> read_ctest_checkpoint(const std::string& build_dir);

enum class CTestResume { begin_anew, go_on };

/// The file lies where ctest has it, and is there as long as the run is.
class CTestCheckpoint {
 public:
  /// Begins the file when the first test is done; only to go on, what there is of it stays. What
  /// cannot be written is of no use to a run that goes well, and no reason to stop it.
  CTestCheckpoint(const std::string& build_dir, CTestResume resume);

  void done(std::uint32_t number);
  /// All is done, or meant to stay undone.
  void remove();

 private:
  std::string path_;
  std::ofstream file_;
};

} // namespace winnow::client
