// Writes the time and a random part in base 32.
#include "daemon/store/run_id.hpp"

#include <algorithm>
#include <string_view>

namespace winnow::store {

std::string run_id(std::int64_t now_us, std::uint32_t random)
{
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::int64_t start_of_2024_ms = 1'704'067'200'000;
  const std::int64_t milliseconds = std::max<std::int64_t>(0, now_us / 1000 - start_of_2024_ms);
  std::uint64_t number = (static_cast<std::uint64_t>(milliseconds) << 10) | (random & 0x3ff);
  std::string id(10, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit) {
    *digit = digits[number & 31];
    number >>= 5;
  }
  return id;
}

} // namespace winnow::store
