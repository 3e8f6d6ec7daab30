#include "civil_time/civil_time.hpp"

#include <cstdio>

#include "text/text.hpp"

namespace isobar {

using namespace std::chrono;

std::optional<Instant> parse_instant(std::string_view text)
{
  if (text.size() != 17 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != 'Z') {
    return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t length) {
    return parse_integer(text.substr(at, length)).value_or(-1);
  };
  const long hour = number(11, 2);
  const long minute = number(14, 2);
  const year_month_day date{year{static_cast<int>(number(0, 4))},
                            month{static_cast<unsigned>(number(5, 2))},
                            day{static_cast<unsigned>(number(8, 2))}};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return std::nullopt;
  }
  return sys_days{date} + hours{hour} + minutes{minute};
}

std::string format_instant(Instant instant)
{
  const auto midnight = floor<days>(instant);
  const year_month_day date{midnight};
  const hh_mm_ss time{instant - midnight};
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
  return buffer;
}

std::optional<Instant> latest_with_day(Instant reference, unsigned wanted, unsigned hour,
                                       unsigned minute)
{
  const year_month_day today{floor<days>(reference)};
  year_month candidate{today.year(), today.month()};
  for (int months_back = 0; months_back < 3; ++months_back, candidate -= months{1}) {
    const year_month_day date = candidate / day{wanted};
    const Instant instant = sys_days{date} + hours{hour} + minutes{minute};
    if (date.ok() && instant <= reference) {
      return instant;
    }
  }
  return std::nullopt;
}

} // namespace isobar
