// What configuring reads of the sources beyond the inputs that CMake lists.
#pragma once

#include "analyzer/model/change.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// file(STRINGS), file(GLOB), if(EXISTS) and the like: CMake does not run again when their answers
/// change, and yet they decide what it writes.
struct ConfigureRead {
  enum class What {
    names,    ///< which files there are
    contents, ///< what is in them, too
    commit,   ///< what git says of HEAD, as `git describe` does; of no file
    program   ///< whatever a program reads that the script of that path starts: not known
  };

  What what = What::contents;
  std::string pattern; ///< of graph paths; `*` stands for any characters. "HEAD" for a commit
  std::string state;   ///< of what matched when the tree was configured; "" if not known

  bool operator==(const ConfigureRead&) const = default;
};

/// What `read` sees in `sources`: equal for states that configuring cannot tell apart by it.
std::string state_of(const ConfigureRead& read, const SourceState& sources);

/// A line each, as graphs keep them, and back; lines that are none are left out.
std::string to_lines(std::span<const ConfigureRead> reads);
std::vector<ConfigureRead> configure_reads_from(std::string_view lines);

} // namespace winnow
