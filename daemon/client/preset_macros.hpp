// The macros of preset files: ${name}, $env{name}, $penv{name} and $vendor{name}.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace winnow::client {

/// A text whose macros are replaced, or why they are not.
struct Expansion {
  enum class Outcome {
    replaced,
    vendor, ///< a macro is a vendor's: nobody else can tell what the preset is
    wrong   ///< `text` says what, as in "there is no macro ${x}"
  };

  Outcome outcome = Outcome::replaced;
  std::string text;

  [[nodiscard]] bool replaced() const { return outcome == Outcome::replaced; }
};

inline Expansion wrong_macro(std::string what)
{
  return {Expansion::Outcome::wrong, std::move(what)};
}

/// The value of a macro. `space` is what stands between $ and {: "" or "env" or "penv".
using MacroLookup = std::function<Expansion(std::string_view space, std::string_view name)>;

/// `text` with every macro replaced, as CMake reads them: a $ that begins none stands for itself.
Expansion replace_macros(std::string_view text, const MacroLookup& lookup);

} // namespace winnow::client
