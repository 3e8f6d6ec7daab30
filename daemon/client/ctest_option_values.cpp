// Reads values, and says what is wrong with them.
#include "daemon/client/ctest_option_values.hpp"

#include "analyzer/ingest/cmake_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <iterator>

namespace winnow::client {

namespace {

using Objection = CTestObjection;

template <class Number>
std::optional<Number> number(std::string_view text)
{
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

/// Like ctest's, which takes what it is told once only; one attempt is no repetition.
Objection set_repeat(CTestOptions& options, Repeat repeat)
{
  if (options.repeat) {
    return "tests can be repeated in one way only";
  }
  if (repeat.attempts > 1) {
    options.repeat = repeat;
  }
  return {};
}

Objection set_size(std::size_t& size, std::string_view value)
{
  const auto bytes = number<std::uint32_t>(value);
  if (!bytes) {
    return fmt::format("'{}' is no number of bytes", value);
  }
  size = *bytes;
  return {};
}

/// Two digits, or one, taken off the front; nothing if they are more than `most`.
std::optional<int> take_number(std::string_view& text, int most)
{
  int value = 0;
  const char* const begin = text.data();
  const auto [end, error] =
      std::from_chars(begin, begin + std::min<std::size_t>(text.size(), 2), value);
  if (error != std::errc{} || *begin == '-' || value > most) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - begin));
  return value;
}

bool take(std::string_view& text, char letter)
{
  const bool found = text.starts_with(letter);
  text.remove_prefix(found ? 1 : 0);
  return found;
}

/// Seconds since the start of a day.
std::optional<int> take_time_of_day(std::string_view& text)
{
  constexpr int last_hour = 23;
  constexpr int last_minute = 59;
  const auto hours = take_number(text, last_hour);
  if (!hours || !take(text, ':')) {
    return std::nullopt;
  }
  const auto minutes = take_number(text, last_minute);
  const auto seconds =
      take(text, ':') ? take_number(text, last_minute) : std::optional<int>(minutes ? 0 : -1);
  if (!minutes || !seconds) {
    return std::nullopt;
  }
  return (*hours * 60 + *minutes) * 60 + *seconds;
}

/// Seconds that a zone is ahead of UTC: "+0100".
std::optional<int> take_zone(std::string_view& text)
{
  constexpr int farthest_hours = 14;
  constexpr int last_minute = 59;
  const int sign = text.starts_with('-') ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) {
    return std::nullopt;
  }
  const auto hours = take_number(text, farthest_hours);
  const auto minutes = hours ? take_number(text, last_minute) : std::nullopt;
  return minutes ? std::optional(sign * (*hours * 60 + *minutes) * 60) : std::nullopt;
}

} // namespace

Objection set_ctest_jobs(CTestOptions& options, std::string_view value)
{
  if (value.empty()) {
    options.jobs = std::nullopt;
    return {};
  }
  const auto jobs = number<std::uint32_t>(value);
  if (!jobs) {
    return fmt::format("'{}' is no number of tests", value);
  }
  options.jobs = jobs;
  return {};
}

Objection set_ctest_no_tests(CTestOptions& options, std::string_view value)
{
  if (value == "error") {
    options.no_tests = NoTests::fail;
  } else if (value == "ignore") {
    options.no_tests = NoTests::ignore;
  } else {
    return fmt::format("'{}' is neither error nor ignore", value);
  }
  return {};
}

Objection set_ctest_timeout(CTestOptions& options, std::string_view value)
{
  const auto seconds = number<double>(value);
  if (!seconds || !std::isfinite(*seconds) || *seconds < 0) {
    return fmt::format("'{}' is no number of seconds", value);
  }
  options.timeout_s = seconds;
  return {};
}

Objection set_ctest_show_only(CTestOptions& options, std::string_view value)
{
  if (!value.empty() && value != "human" && value != "json-v1" && value != "json-v1-raw") {
    return fmt::format("'{}' is none of human, json-v1 and json-v1-raw", value);
  }
  options.json_of_texts = options.json_of_texts || value == "json-v1-raw";
  // Labels beat a list, and JSON a list for people, in whatever order they are asked for.
  if (options.mode != CTestMode::print_labels && value.starts_with("json")) {
    options.mode = CTestMode::list_as_json;
  } else if (!only_tells(options.mode)) {
    options.mode = CTestMode::list;
  }
  return {};
}

Objection set_ctest_name_width(CTestOptions& options, std::string_view value)
{
  const auto width = number<std::uint32_t>(value);
  constexpr std::uint32_t widest = 1000;
  if (!width || *width > widest) {
    return fmt::format("'{}' is no width", value);
  }
  options.name_width = *width;
  return {};
}

Objection set_ctest_repeat(CTestOptions& options, std::string_view value)
{
  const std::optional<Repeat> repeat = repeat_named(value);
  return repeat ? set_repeat(options, *repeat)
                : fmt::format("'{}' is not until-fail:N, until-pass:N or after-timeout:N", value);
}

Objection set_ctest_repeat_until_fail(CTestOptions& options, std::string_view value)
{
  const auto attempts = number<std::uint32_t>(value);
  return attempts ? set_repeat(options, {RepeatMode::until_fail, *attempts})
                  : fmt::format("'{}' is no number of times", value);
}

Objection set_ctest_stop_time(CTestOptions& options, std::string_view value)
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  options.stop_at_us =
      next_time_of_day(value, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  return options.stop_at_us
             ? Objection()
             : fmt::format("'{}' is no time of day, such as 07:30 or 22:00:00 +0100", value);
}

Objection set_ctest_load(CTestOptions& options, std::string_view value)
{
  options.load_limit = number<std::uint32_t>(value);
  if (!options.load_limit) {
    return fmt::format("'{}' is no load, a whole number", value);
  }
  if (*options.load_limit == 0) {
    options.load_limit.reset();
  }
  return {};
}

Objection set_ctest_random_seed(CTestOptions& options, std::string_view value)
{
  options.random_seed = number<std::uint32_t>(value);
  return options.random_seed ? Objection() : fmt::format("'{}' is no seed, a whole number", value);
}

Objection set_ctest_size_passed(CTestOptions& options, std::string_view value)
{
  return set_size(options.output_limits.passed, value);
}

Objection set_ctest_size_failed(CTestOptions& options, std::string_view value)
{
  return set_size(options.output_limits.failed, value);
}

Objection set_ctest_truncation(CTestOptions& options, std::string_view value)
{
  options.output_limits.truncation = truncation_named(value);
  return options.output_limits.truncation
             ? Objection()
             : fmt::format("'{}' is none of tail, middle and head", value);
}

std::optional<OutputTruncation> truncation_named(std::string_view name)
{
  constexpr std::string_view names[] = {"tail", "middle", "head"};
  const auto* const found = std::ranges::find(names, name);
  return found == std::end(names)
             ? std::nullopt
             : std::optional(static_cast<OutputTruncation>(found - std::begin(names)));
}

Objection set_ctest_interactive(CTestOptions& options, std::string_view value)
{
  options.debugs_interactively = ingest::is_on(std::string(value));
  return {};
}

std::optional<std::int64_t> next_time_of_day(std::string_view text, std::int64_t now_us)
{
  constexpr std::int64_t day_s = 86'400;
  constexpr std::int64_t second_us = 1'000'000;
  const auto of_day = take_time_of_day(text);
  if (!of_day) {
    return std::nullopt;
  }
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::time_t now = now_us / second_us;
  std::tm local{};
  ::localtime_r(&now, &local);
  const auto zone = text.empty() ? std::optional<int>(local.tm_gmtoff) : take_zone(text);
  if (!zone || !text.empty()) {
    return std::nullopt;
  }
  const std::int64_t today_s = (now + *zone) / day_s * day_s - *zone;
  const std::int64_t at_s = today_s + *of_day;
  return (at_s < now ? at_s + day_s : at_s) * second_us;
}

} // namespace winnow::client
