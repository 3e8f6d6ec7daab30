// Maps of strings that are asked with views.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace winnow::ingest {

struct TextHash {
  using is_transparent = void;

  std::size_t operator()(std::string_view text) const
  {
    return std::hash<std::string_view>()(text);
  }
};

} // namespace winnow::ingest
