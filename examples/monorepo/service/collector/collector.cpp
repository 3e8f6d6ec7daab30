#include "collector/collector.hpp"

#include <algorithm>

#include "quality/quality.hpp"

namespace isobar {

std::string Collector::take(const Observation& observation)
{
  const auto worst = std::max({check_limits(Celsius{observation.temperature}),
                               check_limits(Hectopascal{observation.pressure}),
                               check_limits(MetersPerSecond{observation.wind})});
  if (observation.station.empty()) {
    return encode(Refusal{"no station"});
  }
  if (worst == Verdict::wrong) {
    return encode(Refusal{"impossible values from " + observation.station});
  }
  by_station_[observation.station][observation.taken_at] = observation;
  return encode(Accepted{worst == Verdict::suspect});
}

std::string Collector::answer(std::string_view request)
{
  if (const auto observation = decode_as<Observation>(request)) {
    return take(*observation);
  }
  if (const auto latest = decode_as<LatestRequest>(request)) {
    const auto found = by_station_.find(latest->station);
    return found == by_station_.end() ? encode(Count{0}) : encode(found->second.rbegin()->second);
  }
  if (decode_as<CountRequest>(request)) {
    Count count;
    for (const auto& [station, observations] : by_station_) {
      count.observations += static_cast<std::int64_t>(observations.size());
    }
    return encode(count);
  }
  if (decode_as<StopRequest>(request)) {
    stop_requested_ = true;
    return encode(Accepted{});
  }
  return encode(Refusal{"unknown request"});
}

} // namespace isobar
