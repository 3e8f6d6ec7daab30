// Reference replacement without nesting, which generated files do not use.
#include "analyzer/ingest/cmake_variables.hpp"

#include "analyzer/ingest/cmake_values.hpp"

namespace winnow::ingest {

namespace {

/// Of the arguments of one command with references in them: a few commands that each double a
/// variable would take all memory.
constexpr std::size_t longest_texts = 1 << 20;

/// What stands in names for every version of CMake, also where no policy is set.
constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.+-";

/// NAME of ENV{NAME}.
std::optional<std::string> environment_variable(std::string_view name)
{
  constexpr std::string_view begin = "ENV{";
  if (!name.starts_with(begin) || !name.ends_with('}')) {
    return std::nullopt;
  }
  return std::string(name.substr(begin.size(), name.size() - begin.size() - 1));
}

} // namespace

void CMakeVariables::set(std::string name, std::string value)
{
  if (const auto variable = environment_variable(name)) {
    environment_[*variable] = std::move(value);
    return;
  }
  values_.insert_or_assign(std::move(name), std::move(value));
}

void CMakeVariables::unset(const std::string& name)
{
  if (const auto variable = environment_variable(name)) {
    environment_[*variable] = std::nullopt;
    return;
  }
  values_.erase(name);
}

const std::string* CMakeVariables::find(const std::string& name) const
{
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

bool CMakeVariables::is_unknown(const std::string& name) const
{
  // What was matched last is not kept here, whatever set() has put there.
  return name.starts_with("CMAKE_MATCH_") ||
         (name.starts_with("CMAKE_") && !values_.contains(name));
}

std::optional<std::string> CMakeVariables::resolve(const CMakeArgument& argument) const
{
  std::string text;
  std::size_t at = 0;
  for (const std::size_t begin : argument.references) {
    if (begin < at || argument.text[begin + 1] != '{') {
      return std::nullopt;
    }
    const std::size_t end = argument.text.find('}', begin);
    if (end == std::string::npos) {
      return std::nullopt;
    }
    text.append(argument.text, at, begin - at);
    const std::string name = argument.text.substr(begin + 2, end - begin - 2);
    if (name.empty() || name.find_first_not_of(name_characters) != std::string::npos ||
        is_unknown(name)) {
      return std::nullopt;
    }
    if (const std::string* value = find(name)) {
      text += *value;
    }
    if (text.size() > longest_texts) {
      return std::nullopt;
    }
    at = end + 1;
  }
  return text.append(argument.text, at);
}

std::optional<std::vector<EvaluatedArgument>>
CMakeVariables::evaluate(const std::vector<CMakeArgument>& arguments) const
{
  std::vector<EvaluatedArgument> evaluated;
  evaluated.reserve(arguments.size());
  std::size_t resolved = 0; // bytes
  for (const CMakeArgument& argument : arguments) {
    std::optional<std::string> text =
        argument.references.empty() ? argument.text : resolve(argument);
    resolved += text && !argument.references.empty() ? text->size() : 0;
    if (!text || argument.varies || resolved > longest_texts) {
      return std::nullopt;
    }
    if (argument.form != ArgumentForm::unquoted) {
      evaluated.push_back({std::move(*text), true});
    } else if (text->find(';') == std::string::npos) {
      if (!text->empty()) {
        evaluated.push_back({std::move(*text), false});
      }
    } else {
      for (std::string& element : expand_list(*text)) {
        evaluated.push_back({std::move(element), false});
      }
    }
  }
  return evaluated;
}

} // namespace winnow::ingest
