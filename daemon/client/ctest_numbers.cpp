// As ctest 3.25 counts.
#include "daemon/client/ctest_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace winnow::client {
namespace {

constexpr std::int32_t left_out = -1; ///< also when it is written so
constexpr double least_stride = 1e-6; ///< a range of it takes ctest hours

std::vector<std::string_view> split_at_commas(std::string_view text)
{
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

template <class Number>
Result<Number> number_in(std::string_view text)
{
  Number number = left_out;
  const char* const text_end = text.data() + text.size();
  if (text.empty()) {
    return number;
  }
  const auto [end, error] = std::from_chars(text.data(), text_end, number);
  if (error != std::errc() || end != text_end || !std::isfinite(static_cast<double>(number))) {
    return user_error(fmt::format("'{}' is no number", text));
  }
  return number;
}

std::optional<std::int32_t> unless_left_out(std::int32_t number)
{
  return number == left_out ? std::nullopt : std::optional(number);
}

} // namespace

Result<CTestNumbers> parse_ctest_numbers(std::string_view text)
{
  constexpr std::size_t stride_at = 2;
  const std::vector<std::string_view> parts = split_at_commas(text);
  CTestNumbers numbers;
  std::vector<std::int32_t> whole;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (at == stride_at) {
      const Result<double> stride = number_in<double>(parts[at]);
      if (!stride) {
        return stride.error();
      }
      if (*stride > 0 && *stride < least_stride) {
        return user_error(fmt::format("'{}' is no stride", parts[at]));
      }
      numbers.stride = *stride == left_out ? 1 : *stride;
      continue;
    }
    const Result<std::int32_t> number = number_in<std::int32_t>(parts[at]);
    if (!number) {
      return number.error();
    }
    whole.push_back(*number);
  }
  numbers.first = unless_left_out(whole[0]);
  numbers.last = whole.size() > 1 ? unless_left_out(whole[1]) : std::nullopt;
  if (whole.size() > 2) {
    numbers.others.assign(whole.begin() + 2, whole.end());
  }
  return numbers;
}

/// The integer part of begin + i · stride for each i, in ctest's own arithmetic.
void CTestNumbers::name_range(std::vector<bool>& named, double begin, double end) const
{
  const double beyond = static_cast<double>(named.size()) + 1;
  const auto number_of = [&](double i) { return i * stride + begin; };
  double i = begin < 1 ? std::floor((1 - begin) / stride) : 0;
  while (number_of(i) < 1) {
    ++i;
  }
  while (number_of(i) <= end && number_of(i) < beyond) {
    const double number = std::floor(number_of(i));
    named[static_cast<std::size_t>(number) - 1] = true;
    // A small stride comes by each number many times.
    i = std::max(i + 1, std::floor((number + 1 - begin) / stride) - 1);
  }
}

std::optional<std::vector<bool>> CTestNumbers::among(std::uint32_t count) const
{
  const auto begin = static_cast<double>(first.value_or(1));
  const auto end = static_cast<double>(last.value_or(count));
  const bool has_range = stride > 0 && begin <= end;
  if (!has_range && others.empty()) {
    return std::nullopt;
  }
  std::vector<bool> named(count);
  if (has_range) {
    name_range(named, begin, end);
  }
  for (const std::int32_t other : others) {
    if (other >= 1 && static_cast<std::uint32_t>(other) <= count) {
      named[static_cast<std::size_t>(other) - 1] = true;
    }
  }
  return named;
}

} // namespace winnow::client
