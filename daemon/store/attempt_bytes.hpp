// Measured attempts as a value of the database.
#pragma once

#include "analyzer/model/measured_attempts.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::store {

/// The format that attempts are written in.
inline constexpr std::int64_t attempts_format = 1;

/// Format 1: four 64-bit little-endian integers each, of which the first is the time with the
/// verdict in its lowest four bits. Format 0: passing attempts without time and verdict, three
/// integers each. What cannot be read counts as no attempt.
std::vector<MeasuredAttempt> attempts_from_bytes(std::string_view bytes, std::int64_t format);
std::string attempts_to_bytes(std::span<const MeasuredAttempt> attempts);

} // namespace winnow::store
