// Packs attempts.
#include "daemon/store/attempt_bytes.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace winnow::store {
namespace {

static_assert(std::endian::native == std::endian::little, "the database's blobs are little-endian");

constexpr int verdict_bits = 4;
static_assert(verdict_names.size() <= 1U << verdict_bits);

template <std::size_t count>
std::vector<std::array<std::int64_t, count>> rows_of(std::string_view bytes)
{
  std::vector<std::array<std::int64_t, count>> rows;
  if (!bytes.empty() && bytes.size() % sizeof(rows[0]) == 0) {
    rows.resize(bytes.size() / sizeof(rows[0]));
    std::memcpy(rows.data(), bytes.data(), bytes.size());
  }
  return rows;
}

} // namespace

std::vector<MeasuredAttempt> attempts_from_bytes(std::string_view bytes, std::int64_t format)
{
  std::vector<MeasuredAttempt> attempts;
  if (format == 0) {
    for (const auto& [duration_us, cpu_us, memory] : rows_of<3>(bytes)) {
      attempts.push_back({0, Verdict::passed, duration_us, cpu_us, memory});
    }
    return attempts;
  }
  for (const auto& [time, duration_us, cpu_us, memory] : rows_of<4>(bytes)) {
    const auto verdict = static_cast<std::size_t>(time & ((1 << verdict_bits) - 1));
    if (verdict < verdict_names.size()) {
      attempts.push_back(
          {time >> verdict_bits, static_cast<Verdict>(verdict), duration_us, cpu_us, memory});
    }
  }
  return attempts;
}

std::string attempts_to_bytes(std::span<const MeasuredAttempt> attempts)
{
  std::vector<std::array<std::int64_t, 4>> rows;
  rows.reserve(attempts.size());
  for (const MeasuredAttempt& attempt : attempts) {
    rows.push_back({(attempt.at_us << verdict_bits) | static_cast<std::int64_t>(attempt.verdict),
                    attempt.duration_us, attempt.cpu_us, attempt.peak_memory_bytes});
  }
  return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(rows[0])};
}

} // namespace winnow::store
