// Lookup through nested scopes.
#include "analyzer/ingest/ninja_scope.hpp"

namespace winnow::ingest {

std::string_view NinjaScope::variable(std::string_view name) const
{
  for (const NinjaScope* scope = this; scope; scope = scope->parent) {
    if (const auto found = scope->variables.find(name); found != scope->variables.end()) {
      return found->second;
    }
  }
  return {};
}

const NinjaRule* NinjaScope::rule(std::string_view name) const
{
  for (const NinjaScope* scope = this; scope; scope = scope->parent) {
    if (const auto found = scope->rules.find(name); found != scope->rules.end()) {
      return found->second;
    }
  }
  return nullptr;
}

std::size_t ninja_name_length(std::string_view text, bool braced)
{
  std::size_t length = 0;
  while (length < text.size()) {
    const char c = text[length];
    const bool in_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '_' || c == '-' || (braced && c == '.');
    if (!in_name) {
      break;
    }
    ++length;
  }
  return length;
}

} // namespace winnow::ingest
