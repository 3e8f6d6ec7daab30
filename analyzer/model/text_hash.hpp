// Maps of strings that are asked with views.
#pragma once

#include <xxhash.h>

#include <cstddef>
#include <string_view>

namespace winnow {

/// XXH3: paths are long enough for it to take a third of what std::hash does.
struct TextHash {
  using is_transparent = void;
  using is_avalanching = void; // tells Boost not to mix it again

  std::size_t operator()(std::string_view text) const
  {
    return XXH3_64bits(text.data(), text.size());
  }
};

} // namespace winnow
