// A test preset as ctest takes it: in the words of its command line.
#pragma once

#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_printed.hpp"
#include "daemon/client/presets.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {

/// What a command line that names a preset, or wants the list of them, comes to.
struct CTestPreset {
  Printed printed;
  std::optional<int> exit_code; ///< set where that is all; ctest's own
  /// The preset's arguments and the user's, whose say is the last. Of a repeated option, that is.
  std::vector<std::string> arguments;
  /// "NAME=value": where options have their defaults from. ctest has looked at most of them before
  /// it reads the preset, and forgets two where a preset has `output`.
  std::vector<std::string> environment;
  std::vector<std::pair<std::string, std::string>> variables; ///< for tests and their programs
};

/// `options` are those of the user's `arguments`, which name a preset or want the list;
/// `environment` holds "NAME=value". Presets are looked for in `source_dir`, absolute.
///
/// Messages and lists are those of ctest 3.25, but for files that cannot be used.
CTestPreset resolve_ctest_preset(const CTestOptions& options,
                                 std::span<const std::string> arguments,
                                 const std::string& source_dir,
                                 std::span<const std::string> environment);

/// The options that mean what the preset says; the tests are in `build_dir`.
std::vector<std::string> ctest_arguments_of(const Preset& test, const std::string& build_dir);

/// What ctest prints as "Available test presets:"; `kind` is "test". "" where none is available.
std::string preset_list(std::span<const Preset> presets, std::string_view kind);

} // namespace winnow::client
