// Reads the digits.
#include "daemon/client/number_option.hpp"

#include <fmt/format.h>
#include <system_error>

#include <charconv>
#include <limits>

namespace winnow::client {

std::function<std::string(const std::string&)> whole_number_from(std::uint32_t least)
{
  return [least](const std::string& text) {
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end && number >= least
               ? std::string()
               : fmt::format("'{}' is no whole number from {} to {}", text, least,
                             std::numeric_limits<std::uint32_t>::max());
  };
}

} // namespace winnow::client
