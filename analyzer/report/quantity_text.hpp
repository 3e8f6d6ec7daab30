// Counts, times and sizes in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow::report {

/// "1 test", "12 tests".
std::string count_text(std::size_t count, std::string_view noun);

/// Three digits are enough to compare: "840 ms", "41.2 s", "12 min 05 s", "3 h 07 min".
std::string seconds_text(double seconds);

/// "512 bytes", "1.2 KiB", "3.4 MiB".
std::string bytes_text(std::uint64_t bytes);

} // namespace winnow::report
