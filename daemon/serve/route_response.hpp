// The responses that every route can give, and the numbers that requests have.
#pragma once

#include "analyzer/model/exit_code.hpp"
#include "daemon/serve/routes.hpp"

#include <system_error>

#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace winnow::serve {

inline RouteResponse text(int status, std::string message)
{
  RouteResponse response;
  response.status = status;
  response.content_type = "text/plain";
  response.body = std::move(message);
  return response;
}

inline RouteResponse refusal(const Error& error)
{
  return text(meaning_of(error.kind).http_status, error.message);
}

inline RouteResponse wrong_method(const std::string& method, const std::string& allowed)
{
  return text(405, "the daemon does not answer " + method + " here, but " + allowed);
}

inline RouteResponse document(std::string body, std::string content_type = "application/json")
{
  RouteResponse response;
  response.body = std::move(body);
  response.content_type = std::move(content_type);
  return response;
}

/// All of `digits` as a number.
template <class Number>
std::optional<Number> number_in(const std::string& digits)
{
  Number number = 0;
  const char* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

} // namespace winnow::serve
