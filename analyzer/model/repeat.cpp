// Pauses between attempts, and ctest's spelling of repetitions.
#include "analyzer/model/repeat.hpp"

#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>

namespace winnow {
namespace {

/// From a half to one.
double share_of(const TestKey& test, std::uint32_t attempt)
{
  const std::string name = test.display();
  const std::uint64_t mixed = XXH3_64bits_withSeed(name.data(), name.size(), attempt);
  return 0.5 + std::ldexp(static_cast<double>(mixed >> 11U), -54);
}

} // namespace

std::int64_t pause_after(const Backoff& backoff, const TestKey& test, std::uint32_t attempt)
{
  const std::int64_t first = std::clamp<std::int64_t>(backoff.first_us, 0, longest_pause_us);
  if (backoff.most_us <= first || first == 0) {
    return first;
  }
  constexpr std::uint32_t most_doublings = 40; // from a microsecond to beyond a day
  const double grown = std::ldexp(static_cast<double>(first),
                                  static_cast<int>(std::min(attempt - 1, most_doublings)));
  const std::int64_t most = std::min(backoff.most_us, longest_pause_us);
  return static_cast<std::int64_t>(std::min(grown, static_cast<double>(most)) *
                                   share_of(test, attempt));
}

std::optional<Repeat> repeat_named(std::string_view text)
{
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto* const mode = std::ranges::find(repeat_mode_names, text.substr(0, colon));
  const std::string_view digits = text.substr(std::min(colon + 1, text.size()));
  std::uint32_t attempts = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), attempts);
  if (mode == repeat_mode_names.end() || error != std::errc() ||
      end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return Repeat{static_cast<RepeatMode>(mode - repeat_mode_names.begin()), attempts};
}

} // namespace winnow
