// Leaves out what is not worth telling.
#include "daemon/serve/told_waits.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {

void tell_waits(TestResult& result, std::vector<WaitPart> parts)
{
  constexpr std::int64_t least_us = 1000;
  std::int64_t all_us = 0;
  for (const WaitPart& part : parts) {
    all_us += part.us;
  }
  std::erase_if(parts,
                [&](const WaitPart& part) { return part.us < std::max(all_us / 100, least_us); });
  if (parts.empty()) {
    return;
  }
  result.waited_for = parts.front().cause;
  const bool is_plain =
      parts.size() == 1 && parts.front().name.empty() && parts.front().test.empty();
  if (!is_plain) {
    result.waits = std::move(parts);
  }
}

} // namespace winnow::serve
