// What a server answers, and whether to ask again.
#pragma once

#include "analyzer/model/error.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::ci {

struct Answer {
  int status = 0;                             ///< 0: there was none
  std::map<std::string, std::string> headers; ///< names in small letters
  std::string body;
  std::string failure;    ///< why there was none: "could not resolve host"
  bool too_large = false; ///< it was more than anybody reads: then there was none
};

/// How long to wait before the next attempt, of which `attempt` (from 1) have failed: where the
/// network or the server was not up to it, or asks to come back later. Nothing: it is final.
std::optional<std::chrono::milliseconds> wait_before_retry(const Answer& answer, int attempt);

/// What an answer that is no success means, and what to do about it; `who` and `what` as in
/// "GitHub" and "the builds of ci.yml on main in owner/name".
Error error_of(const Answer& answer, std::string_view who, std::string_view what);

} // namespace winnow::ci
