// What `winnow ctest` leaves to ctest itself.
#pragma once

#include "analyzer/model/error.hpp"

#include <span>
#include <string>

namespace winnow::client {

/// Becomes the ctest in PATH, of these arguments; a ctest that is this program, by a link, is
/// passed over. Returns only where that cannot be, an environment error: there is none, or the one
/// there is, a wrapper, called this program for the same.
Error become_ctest(std::span<const std::string> arguments);

} // namespace winnow::client
