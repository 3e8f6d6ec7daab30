// Expansion of an edge's variables, as ninja's manual defines it.
#include "analyzer/ingest/ninja_manifest.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

/// Followed for one value; rules written by CMake have some twenty. Where the variables of a rule
/// refer to each other in a circle (an error to ninja) or double themselves, expansion ends here.
constexpr int most_references = 1000;

bool is_plain_in_shell(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '+' || c == '-' || c == '.' || c == '/';
}

void append_shell_word(std::string_view path, std::string& out)
{
  if (std::ranges::all_of(path, [](char c) { return is_plain_in_shell(c); })) {
    out += path;
    return;
  }
  out += '\'';
  for (const char c : path) {
    if (c == '\'') {
      out += "'\\'";
    }
    out += c;
  }
  out += '\'';
}

} // namespace

std::span<const std::string_view> NinjaManifest::paths(std::size_t first, std::size_t count) const
{
  return std::span(paths_).subspan(first, count);
}

std::span<const std::string_view> NinjaManifest::outputs(const NinjaEdge& edge) const
{
  return paths(edge.first_path, edge.explicit_outputs + edge.implicit_outputs);
}

std::span<const std::string_view> NinjaManifest::explicit_inputs(const NinjaEdge& edge) const
{
  return paths(edge.first_path + edge.explicit_outputs + edge.implicit_outputs,
               edge.explicit_inputs);
}

std::span<const std::string_view> NinjaManifest::implicit_inputs(const NinjaEdge& edge) const
{
  return paths(edge.first_path + edge.explicit_outputs + edge.implicit_outputs +
                   edge.explicit_inputs,
               edge.implicit_inputs);
}

std::span<const std::string_view> NinjaManifest::order_only_inputs(const NinjaEdge& edge) const
{
  return paths(edge.first_path + edge.explicit_outputs + edge.implicit_outputs +
                   edge.explicit_inputs + edge.implicit_inputs,
               edge.order_only_inputs);
}

std::string NinjaManifest::variable(const NinjaEdge& edge, std::string_view name) const
{
  std::string value;
  int references_left = most_references;
  append_variable(edge, name, value, references_left);
  return value;
}

void NinjaManifest::append_variable(const NinjaEdge& edge, std::string_view name, std::string& out,
                                    int& references_left) const
{
  if (name == "in" || name == "in_newline") {
    append_paths(explicit_inputs(edge), name == "in" ? ' ' : '\n', out);
    return;
  }
  if (name == "out") {
    append_paths(paths(edge.first_path, edge.explicit_outputs), ' ', out);
    return;
  }
  for (const NinjaBinding& binding :
       std::span(bindings_).subspan(edge.first_binding, edge.bindings)) {
    if (binding.name == name) {
      out += binding.value;
      return;
    }
  }
  for (const NinjaBinding& binding : edge.rule->bindings) {
    if (binding.name != name) {
      continue;
    }
    expand_ninja_text(binding.value, out, [&](std::string_view inner, std::string& text) {
      if (references_left-- > 0) {
        append_variable(edge, inner, text, references_left);
      }
    });
    return;
  }
  out += edge.scope->variable(name);
}

void NinjaManifest::append_paths(std::span<const std::string_view> paths, char separator,
                                 std::string& out) const
{
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (i > 0) {
      out += separator;
    }
    append_shell_word(paths[i], out);
  }
}

} // namespace winnow::ingest
