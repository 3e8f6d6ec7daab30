// What configuring reads beyond the inputs that CMake lists, found in the text of its scripts.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/configure_read.hpp"
#include "analyzer/model/roots.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Read by `cmake --preset`, and no code of the project tells.
inline constexpr std::array<std::string_view, 2> preset_files{"CMakePresets.json",
                                                              "CMakeUserPresets.json"};

/// The files that file(READ), file(STRINGS), file(GLOB), execute_process(), if(EXISTS) and the like
/// name in `scripts` (absolute; those outside of the source tree are passed over). Nothing is
/// evaluated: a variable stands for all that any script sets it to, and where that is not known for
/// any text, so that a pattern matches too much rather than too little. A program that seems to be
/// git reads the commit. What another one started by execute_process() reads besides the files its
/// command line names is not seen, and told as such.
std::vector<ConfigureRead> scan_configure_reads(std::span<const std::string> scripts,
                                                const Roots& roots);

/// Sets the state of each read as it was when the tree was configured at `configured_ns`, and
/// leaves it unknown where something was touched since.
void set_states(std::vector<ConfigureRead>& reads, const Roots& roots, const SourceState& now,
                std::int64_t configured_ns);

} // namespace winnow::ingest
