#include "quality/quality.hpp"

namespace isobar {

std::vector<Verdict> check_spikes(const Series<Celsius>& series, Celsius jump)
{
  const auto samples = series.samples();
  std::vector<Verdict> verdicts(samples.size(), Verdict::good);
  for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
    const Celsius before = samples[i].value - samples[i - 1].value;
    const Celsius after = samples[i].value - samples[i + 1].value;
    const bool peak = before > jump && after > jump;
    const bool dip = before < -1.0 * jump && after < -1.0 * jump;
    if (peak || dip) {
      verdicts[i] = Verdict::suspect;
    }
  }
  return verdicts;
}

} // namespace isobar
