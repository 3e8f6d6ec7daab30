// The programs of many tests, as they are at one moment.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace winnow::client {

/// Each program and directory is looked for once: a hundred tests may share one. What comes and
/// goes afterwards is not seen; ask another one.
class CTestPrograms {
 public:
  /// `configuration` as of -C; programs of tests whose working directory is missing are looked for
  /// in `build_dir`.
  CTestPrograms(std::string configuration, std::string build_dir);

  /// Its absolute path; nothing if it is missing. Of a test that is not available in this
  /// configuration, its word for that. The test must have a command.
  std::optional<std::string> program_of(const TestDescription& test);
  /// Whether its working directory is there.
  bool has_directory(const TestDescription& test);

 private:
  std::string configuration_;
  std::string build_dir_;
  std::string search_path_;
  std::unordered_map<std::string, std::optional<std::string>> programs_; ///< by place and word
  std::unordered_map<std::string, bool> directories_;
};

} // namespace winnow::client
