// Finds the word somebody probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace winnow::report {

/// The candidate nearest to `word` by optimal string alignment distance (insert, delete, replace,
/// swap of neighbours), "" if none is within a third of the word's length.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

} // namespace winnow::report
