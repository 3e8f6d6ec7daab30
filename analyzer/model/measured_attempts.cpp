// Weighs attempts by age, and keeps the newest.
#include "analyzer/model/measured_attempts.hpp"

#include <algorithm>
#include <cmath>

namespace winnow {
namespace {

constexpr double weight_of_before = 0.9;

double weight_of(const std::vector<Weighted>& values)
{
  double sum = 0;
  for (const Weighted& value : values) {
    sum += value.weight;
  }
  return sum;
}

void sort_by_value(std::vector<Weighted>& values)
{
  std::ranges::sort(values, {}, &Weighted::value);
}

std::int64_t newest_failure_us(std::span<const MeasuredAttempt> attempts)
{
  for (std::size_t at = attempts.size(); at-- > 0;) {
    const Verdict verdict = attempts[at].verdict;
    if (is_failure(verdict) && verdict != Verdict::not_run) {
      return attempts[at].duration_us;
    }
  }
  return 0;
}

} // namespace

std::vector<Weighted> weighted(std::span<const MeasuredAttempt> attempts,
                               std::int64_t MeasuredAttempt::*field)
{
  std::vector<Weighted> values;
  double weight = 1;
  for (std::size_t at = attempts.size(); at-- > 0;) {
    if (attempts[at].verdict == Verdict::passed) {
      values.push_back({attempts[at].*field, weight});
      weight *= weight_of_before;
    }
  }
  return values;
}

std::int64_t interquartile_mean(std::vector<Weighted> values)
{
  sort_by_value(values);
  const double quarter = weight_of(values) / 4;
  double sum = 0;
  double counted = 0;
  double below = 0;
  for (const Weighted& value : values) {
    const double from = std::max(below, quarter);
    below += value.weight;
    const double share = std::min(below, quarter * 3) - from;
    if (share > 0) {
      sum += static_cast<double>(value.value) * share;
      counted += share;
    }
  }
  return counted > 0 ? std::llround(sum / counted) : 0;
}

std::int64_t quantile(std::vector<Weighted> values, double share)
{
  sort_by_value(values);
  const double wanted = weight_of(values) * share;
  double below = 0;
  for (const Weighted& value : values) {
    below += value.weight;
    if (below >= wanted) {
      return value.value;
    }
  }
  return values.empty() ? 0 : values.back().value;
}

TestHistory expectation(std::span<const MeasuredAttempt> attempts)
{
  TestHistory history;
  const std::vector<Weighted> durations = weighted(attempts, &MeasuredAttempt::duration_us);
  history.attempts = static_cast<std::uint32_t>(durations.size());
  history.duration_us =
      durations.empty() ? newest_failure_us(attempts) : interquartile_mean(durations);
  history.cpu_us = interquartile_mean(weighted(attempts, &MeasuredAttempt::cpu_us));
  history.peak_memory_bytes = static_cast<std::uint64_t>(
      quantile(weighted(attempts, &MeasuredAttempt::peak_memory_bytes), 0.95));
  if (!attempts.empty()) {
    history.last = attempts.back().verdict;
  }
  return history;
}

void forget_old(std::vector<MeasuredAttempt>& attempts)
{
  std::size_t passed = 0;
  std::size_t others = 0;
  std::vector<MeasuredAttempt> kept;
  for (std::size_t at = attempts.size(); at-- > 0;) {
    const bool has_passed = attempts[at].verdict == Verdict::passed;
    if (has_passed ? passed++ < most_passed_attempts : others++ < most_other_attempts) {
      kept.push_back(attempts[at]);
    }
  }
  std::ranges::reverse(kept);
  attempts = std::move(kept);
}

std::size_t join(std::vector<MeasuredAttempt>& attempts, std::span<const MeasuredAttempt> others)
{
  const std::vector<MeasuredAttempt> before = attempts;
  for (const MeasuredAttempt& other : others) {
    if (std::ranges::find(attempts, other) == attempts.end()) {
      attempts.push_back(other);
    }
  }
  std::ranges::stable_sort(attempts, {}, &MeasuredAttempt::at_us);
  forget_old(attempts);
  return static_cast<std::size_t>(
      std::ranges::count_if(attempts, [&](const MeasuredAttempt& attempt) {
        return std::ranges::find(before, attempt) == before.end();
      }));
}

} // namespace winnow
