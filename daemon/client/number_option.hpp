// Whole numbers on the command line.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace winnow::client {

/// Says what is wrong with a text that is no whole number from `least` to the largest of 32 bits;
/// "" if nothing is. For CLI::Option::check().
std::function<std::string(const std::string&)> whole_number_from(std::uint32_t least);

} // namespace winnow::client
