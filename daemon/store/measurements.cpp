// Keeps a window of measurements and summarises it.
#include "daemon/store/measurements.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace winnow::store {

static_assert(std::endian::native == std::endian::little, "the database's blobs are little-endian");

Measurements Measurements::from_bytes(std::string_view bytes)
{
  static_assert(sizeof(Measurement) == 24);
  Measurements result;
  if (bytes.size() % sizeof(Measurement) == 0 && !bytes.empty()) {
    result.measured_.resize(bytes.size() / sizeof(Measurement));
    std::memcpy(result.measured_.data(), bytes.data(), bytes.size());
  }
  return result;
}

std::string Measurements::bytes() const
{
  return {reinterpret_cast<const char*>(measured_.data()), measured_.size() * sizeof(Measurement)};
}

void Measurements::add(const TestResult& passing)
{
  if (measured_.size() >= window) {
    measured_.erase(measured_.begin(), measured_.end() - static_cast<std::ptrdiff_t>(window - 1));
  }
  measured_.push_back(
      {passing.duration_us, passing.cpu_us, static_cast<std::int64_t>(passing.peak_memory_bytes)});
}

TestHistory Measurements::expectation() const
{
  const auto all = [this](std::int64_t Measurement::*field) {
    std::vector<std::int64_t> values;
    values.reserve(measured_.size());
    for (const Measurement& measurement : measured_) {
      values.push_back(measurement.*field);
    }
    return values;
  };
  TestHistory history;
  history.duration_us = interquartile_mean(all(&Measurement::duration_us));
  history.cpu_us = interquartile_mean(all(&Measurement::cpu_us));
  history.peak_memory_bytes =
      static_cast<std::uint64_t>(percentile_95(all(&Measurement::peak_memory_bytes)));
  history.attempts = static_cast<std::uint32_t>(measured_.size());
  return history;
}

std::int64_t interquartile_mean(std::vector<std::int64_t> values)
{
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const auto quarter = static_cast<std::ptrdiff_t>(values.size() / 4);
  const auto first = values.begin() + quarter;
  const auto last = values.end() - quarter;
  return std::accumulate(first, last, std::int64_t{0}) / (last - first);
}

std::int64_t percentile_95(std::vector<std::int64_t> values)
{
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const std::size_t rank = (values.size() * 95 + 99) / 100;
  return values[rank - 1];
}

} // namespace winnow::store
