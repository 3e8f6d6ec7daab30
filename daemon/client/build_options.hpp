// The options of every verb that looks at a build tree.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace CLI {
class App;
}

namespace winnow::client {

/// Whether a build tree older than its CMake inputs may be configured again first.
enum class Configure { when_needed, never };

struct BuildOptions {
  std::string build_dir;     ///< -B; "" when not given
  std::string preset;        ///< --preset; "" when not given
  std::string configuration; ///< -C
  Configure configure = Configure::when_needed;
  int verbosity = 0; ///< -1 with -q, 1 with -v
};

void add_build_options(CLI::App& verb, BuildOptions& options);

/// The directory meant: -B, else the binary directory of the preset, else the current directory if
/// it is a build tree, else ./build. A user error when there is none, saying what was looked at.
Result<std::string> build_directory(const BuildOptions& options);

} // namespace winnow::client
