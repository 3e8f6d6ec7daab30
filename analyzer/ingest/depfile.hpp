// Depfiles: Makefile rules in which a tool says what it read.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

struct Depfile {
  std::vector<std::string> targets; ///< in file order, each once
  std::vector<std::string> inputs;  ///< of all targets, in file order, each once
};

/// Understands what gcc, clang and other tools write: several rules, line continuations, `\ `,
/// `\#`,
/// `\:` and `$$`. A data error names `path` if words stand where no rule is.
Result<Depfile> parse_depfile(std::string_view text, const std::string& path);

} // namespace winnow::ingest
