// Sorts statuses into those that pass and those that stay.
#include "daemon/ci/http_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace winnow::ci {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int most_attempts = 5;
constexpr milliseconds first_wait{500};
constexpr milliseconds longest_wait{seconds{60}};

std::optional<seconds> asked_to_wait(const Answer& answer)
{
  const auto header = answer.headers.find("retry-after");
  if (header == answer.headers.end()) {
    return std::nullopt;
  }
  const std::string& text = header->second;
  unsigned count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(seconds{count})
                                                                    : std::nullopt;
}

/// GitHub says 403 where too much was asked, with nothing left or with when to come back; else a
/// right is missing.
bool is_limit(const Answer& answer)
{
  const auto left = answer.headers.find("x-ratelimit-remaining");
  return answer.status == 429 ||
         (answer.status == 403 && (answer.headers.contains("retry-after") ||
                                   (left != answer.headers.end() && left->second == "0")));
}

} // namespace

std::optional<milliseconds> wait_before_retry(const Answer& answer, int attempt)
{
  const bool passes = answer.status == 0 || answer.status == 408 || answer.status >= 500 ||
                      answer.status == 429 || (is_limit(answer) && asked_to_wait(answer));
  if (!passes || answer.too_large || attempt >= most_attempts) {
    return std::nullopt;
  }
  if (const auto asked = asked_to_wait(answer)) {
    return *asked <= longest_wait ? std::optional<milliseconds>(*asked) : std::nullopt;
  }
  return std::min<milliseconds>(first_wait * (1 << (attempt - 1)), longest_wait);
}

Error error_of(const Answer& answer, std::string_view who, std::string_view what)
{
  if (answer.too_large) {
    return environment_error(
        fmt::format("what {} answered is too large for a list of builds", who));
  }
  if (answer.status == 0) {
    return environment_error(
        fmt::format("{} cannot be reached: {}; check the address, the network, and https_proxy",
                    who, answer.failure));
  }
  if (is_limit(answer)) {
    return environment_error(
        fmt::format("{} answers no more questions for now (status {}): its rate limit is used up; "
                    "ask again later, or with another token",
                    who, answer.status));
  }
  switch (answer.status) {
  case 203: // Azure shows its page for signing in
  case 401:
    return environment_error(fmt::format("{} does not know the token (status {}): it is wrong, or "
                                         "has expired",
                                         who, answer.status));
  case 403:
    return environment_error(fmt::format("the token gives no right to read {} (status 403)", what));
  case 404:
    return environment_error(fmt::format("{} knows no such thing as {} (status 404), or the token "
                                         "may not see it",
                                         who, what));
  default:
    break;
  }
  const bool redirects = answer.status >= 300 && answer.status < 400;
  return environment_error(fmt::format(
      "{} answered with status {}{}", who, answer.status,
      redirects ? ", a redirection, which a token does not follow; check the address" : ""));
}

} // namespace winnow::ci
