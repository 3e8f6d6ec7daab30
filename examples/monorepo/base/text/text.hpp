// Splitting lines into fields and reading numbers from them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isobar {

std::string_view trim(std::string_view text);

/// The fields between separators, empty ones included; views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The words of `text`, separated by any amount of white space.
std::vector<std::string_view> words(std::string_view text);

/// Nothing unless the whole of `text` is one number.
std::optional<long> parse_integer(std::string_view text);
std::optional<double> parse_decimal(std::string_view text);

std::string format_decimal(double value, int digits);

} // namespace isobar
