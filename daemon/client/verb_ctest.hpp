// winnow ctest: ctest's arguments, lines, exit codes and files.
#pragma once

#include "analyzer/model/error.hpp"

#include <span>
#include <string>

namespace winnow::client {

/// `arguments` are those after `winnow ctest`, read as ctest reads its own. The exit code of ctest.
Result<int> run_ctest(std::span<const std::string> arguments);

} // namespace winnow::client
