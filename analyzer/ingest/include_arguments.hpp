// What a compiler's command line says about where included files are sought.
#pragma once

#include "analyzer/ingest/include_directives.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Directories are absolute and in the order they are searched in.
struct IncludeArguments {
  std::vector<std::string> quote;  ///< -iquote: only for "…"
  std::vector<std::string> angle;  ///< -I
  std::vector<std::string> system; ///< -isystem
  std::vector<std::string> after;  ///< -idirafter: behind the compiler's own
  std::vector<std::string> forced; ///< -include and -imacros, as written
  std::vector<NamingMacro> macros; ///< -D whose value could name a header
  bool standard = true;            ///< false after -nostdinc
};

/// The content of a response file, if it can be read.
using ReadResponse = std::function<std::optional<std::string>(const std::string& path)>;

/// Understands what gcc and clang do, with values joined or as words of their own, -Wp, and @file.
/// Relative names start at `directory`.
IncludeArguments include_arguments(std::span<const std::string> words, const std::string& directory,
                                   const ReadResponse& read);

} // namespace winnow::ingest
