// Variables and rules of one ninja file, and how text with references is expanded.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// One `name = value`. The value is as written: `$` sequences are not yet expanded.
struct NinjaBinding {
  std::string_view name;
  std::string_view value;
};

struct NinjaRule {
  std::string_view name;
  std::vector<NinjaBinding> bindings; ///< expanded in the scope of each edge that uses the rule
};

/// The scope of a file; a `subninja` has one of its own inside its parent's.
struct NinjaScope {
  const NinjaScope* parent = nullptr;
  std::unordered_map<std::string_view, std::string_view> variables; ///< expanded
  std::unordered_map<std::string_view, const NinjaRule*> rules;

  /// The innermost value, "" where nobody set one.
  [[nodiscard]] std::string_view variable(std::string_view name) const;
  [[nodiscard]] const NinjaRule* rule(std::string_view name) const;
};

/// Appends `text` to `out` with its escapes resolved and each reference replaced by what
/// `lookup(name, out)` appends. Text that ends inside of an escape keeps it.
template <class Lookup>
void expand_ninja_text(std::string_view text, std::string& out, Lookup&& lookup);

/// The length of the variable name that `text` begins with; `braced` names may hold dots.
std::size_t ninja_name_length(std::string_view text, bool braced);

template <class Lookup>
void expand_ninja_text(std::string_view text, std::string& out, Lookup&& lookup)
{
  while (true) {
    const std::size_t dollar = text.find('$');
    out.append(text.substr(0, dollar));
    if (dollar == std::string_view::npos) {
      return;
    }
    text.remove_prefix(dollar + 1);
    if (text.starts_with("\r\n") || text.starts_with('\n')) {
      text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
      text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    } else if (text.starts_with('{')) {
      const std::size_t length = ninja_name_length(text.substr(1), true);
      lookup(text.substr(1, length), out);
      text.remove_prefix(std::min(length + 2, text.size()));
    } else if (const std::size_t length = ninja_name_length(text, false); length > 0) {
      lookup(text.substr(0, length), out);
      text.remove_prefix(length);
    } else if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
}

} // namespace winnow::ingest
