#include <algorithm>

#include "quality/quality.hpp"

namespace isobar {

std::vector<Verdict> check_persistence(const Series<Celsius>& series, std::size_t length)
{
  const auto samples = series.samples();
  std::vector<Verdict> verdicts(samples.size(), Verdict::good);
  std::size_t first = 0;
  for (std::size_t i = 1; i <= samples.size(); ++i) {
    if (i < samples.size() && samples[i].value == samples[first].value) {
      continue;
    }
    if (i - first >= length) {
      std::fill(verdicts.begin() + static_cast<std::ptrdiff_t>(first),
                verdicts.begin() + static_cast<std::ptrdiff_t>(i), Verdict::suspect);
    }
    first = i;
  }
  return verdicts;
}

} // namespace isobar
