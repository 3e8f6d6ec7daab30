// HTTP requests by libcurl, one after another.
#pragma once

#include "daemon/ci/http_answer.hpp"

#include <string>
#include <vector>

namespace winnow::ci {

struct Request {
  std::string url;
  std::vector<std::string> headers; ///< "Name: value"
  std::string password;             ///< HTTP Basic, without a user; "" for none
};

/// Asks once. Follows no redirection, waits 30 s at most, reads at most 16 MiB; proxies are those
/// of the environment, as curl takes them.
Answer get(const Request& request);

/// Asks again where that may help; sleeps meanwhile.
Answer get_patiently(const Request& request);

} // namespace winnow::ci
