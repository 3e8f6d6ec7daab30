// Instants in UTC with the minute as the smallest step, as weather stations report them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace isobar {

using Instant = std::chrono::sys_time<std::chrono::minutes>;

/// Reads "2026-03-01T12:50Z"; nothing for any other form or an impossible date.
std::optional<Instant> parse_instant(std::string_view text);

/// Writes the form that parse_instant reads.
std::string format_instant(Instant instant);

/// The latest instant at or before `reference` with this day of month, hour and minute.
/// Reports such as METAR name the day only. Nothing if no month before has such a day.
std::optional<Instant> latest_with_day(Instant reference, unsigned day, unsigned hour,
                                       unsigned minute);

} // namespace isobar
