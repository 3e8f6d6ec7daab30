// Patterns in which a star stands for any characters.
#pragma once

#include <string_view>

namespace winnow {

/// Whether `name` matches `pattern`, where `*` stands for any characters. O(name × stars).
bool matches(std::string_view pattern, std::string_view name);

} // namespace winnow
