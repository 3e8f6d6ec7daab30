// Reads and refuses values of --retries and --repeat.
#include "daemon/client/repeat_option.hpp"

#include "analyzer/model/duration.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow::client {
namespace {

Error no_retries(const std::string& text)
{
  return user_error(fmt::format(
      "'{}' says not how often to retry; write N, N:DELAY or N:DELAY..MOST with N from 0 to {}, as "
      "in 3, 3:2s or 3:1s..30s",
      text, most_attempts - 1));
}

/// In microseconds, at most a day.
std::optional<std::int64_t> pause_in(std::string_view text)
{
  const std::optional<double> seconds = seconds_in(text);
  const double longest_s = static_cast<double>(longest_pause_us) / 1e6;
  return seconds && *seconds <= longest_s
             ? std::optional(static_cast<std::int64_t>(std::llround(*seconds * 1e6)))
             : std::nullopt;
}

Result<Repeat> repeat_of_mode(const std::string& text)
{
  const std::optional<Repeat> repeat = repeat_named(text);
  if (!repeat || repeat->attempts == 0 || repeat->attempts > most_attempts) {
    return user_error(
        fmt::format("'{}' is not until-fail:N, until-pass:N or after-timeout:N with N from 1 to {}",
                    text, most_attempts));
  }
  return *repeat;
}

template <Result<Repeat> (*read)(const std::string&)>
std::string objection(const std::string& text)
{
  const Result<Repeat> repeat = read(text);
  return repeat ? "" : repeat.error().message;
}

} // namespace

Result<Repeat> repeat_of_retries(const std::string& text)
{
  const std::string_view all = text;
  const std::size_t colon = std::min(all.find(':'), all.size());
  std::uint32_t retries = 0;
  const auto [end, error] = std::from_chars(all.data(), all.data() + colon, retries);
  if (error != std::errc() || end != all.data() + colon || retries >= most_attempts) {
    return no_retries(text);
  }
  Repeat repeat{RepeatMode::until_pass, retries + 1};
  if (colon == all.size()) {
    return repeat;
  }
  const std::string_view delay = all.substr(colon + 1);
  const std::size_t dots = delay.find("..");
  const auto first = pause_in(delay.substr(0, dots));
  const auto most = dots == std::string_view::npos ? std::optional<std::int64_t>(0)
                                                   : pause_in(delay.substr(dots + 2));
  if (!first || !most || (*most != 0 && *most < *first)) {
    return no_retries(text);
  }
  repeat.backoff = {*first, *most};
  return repeat;
}

void add_repeat_options(CLI::App& verb, RepeatOptions& options)
{
  CLI::Option* retries =
      verb.add_option("--retries", options.retries,
                      "How often a test that failed is run again: N, N:DELAY, or N:DELAY..MOST for "
                      "a delay that doubles; a pass makes it flaky. Stronger than winnow.json")
          ->type_name("N[:DELAY[..MOST]]")
          ->check(objection<repeat_of_retries>);
  verb.add_option("--repeat", options.repeat,
                  "Run tests up to N times: until-fail:N, until-pass:N or after-timeout:N")
      ->type_name("MODE:N")
      ->check(objection<repeat_of_mode>)
      ->excludes(retries);
}

std::optional<Repeat> repeat_from(const RepeatOptions& options)
{
  if (options.retries.empty() && options.repeat.empty()) {
    return std::nullopt;
  }
  return options.repeat.empty() ? *repeat_of_retries(options.retries)
                                : *repeat_of_mode(options.repeat);
}

} // namespace winnow::client
