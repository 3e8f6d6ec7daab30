// How a compile step calls its compiler, as far as included files are concerned.
#pragma once

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/include_arguments.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow::ingest {

struct CompilerCall {
  std::string language;  ///< as CMake calls it
  std::string directory; ///< the one that the compiler runs in, absolute
  IncludeArguments arguments;
};

/// `rule` is the name of the step's rule, and `command` are the words of its command. Nothing for a
/// language whose includes are not understood. Reads response files.
std::optional<CompilerCall> compiler_call(std::string_view rule,
                                          std::span<const DirectoryWords> command);

} // namespace winnow::ingest
