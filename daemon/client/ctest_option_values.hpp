// What the values of ctest's options mean.
#pragma once

#include "daemon/client/ctest_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::client {

/// Why a value is refused, "" if it is not.
using CTestObjection = std::string;

/// -j; "" is the number of cpus.
CTestObjection set_ctest_jobs(CTestOptions& options, std::string_view value);
/// --no-tests.
CTestObjection set_ctest_no_tests(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_timeout(CTestOptions& options, std::string_view value);
/// -N, --show-only.
CTestObjection set_ctest_show_only(CTestOptions& options, std::string_view value);
/// -W.
CTestObjection set_ctest_name_width(CTestOptions& options, std::string_view value);
/// --repeat: "until-pass:3".
CTestObjection set_ctest_repeat(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_repeat_until_fail(CTestOptions& options, std::string_view value);
/// --stop-time.
CTestObjection set_ctest_stop_time(CTestOptions& options, std::string_view value);
/// --test-load; 0 is no limit.
CTestObjection set_ctest_load(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_random_seed(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_size_passed(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_size_failed(CTestOptions& options, std::string_view value);
CTestObjection set_ctest_truncation(CTestOptions& options, std::string_view value);
/// --interactive-debug-mode: 0 or 1.
CTestObjection set_ctest_interactive(CTestOptions& options, std::string_view value);

/// Nothing for other words.
std::optional<OutputTruncation> truncation_named(std::string_view name);

/// "HH:MM" or "HH:MM:SS", with "+HHMM" or "-HHMM" behind it or else in the zone of this machine, as
/// the next such time after `now_us`, both in microseconds since the Unix epoch. Nothing for other
/// text.
std::optional<std::int64_t> next_time_of_day(std::string_view text, std::int64_t now_us);

} // namespace winnow::client
