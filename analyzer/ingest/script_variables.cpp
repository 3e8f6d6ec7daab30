// Collects assignments, then substitutes.
#include "analyzer/ingest/script_variables.hpp"

#include <algorithm>
#include <cctype>
#include <span>

namespace winnow::ingest {
namespace {

constexpr int deepest = 4;
constexpr std::size_t most_values = 16; ///< of one text; beyond it stands for any

/// Marks the inside of the build tree until a text is complete.
constexpr std::string_view build_mark = "\x01";

std::string lower_case(std::string text)
{
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string directory_of(const std::string& path)
{
  return path.substr(0, path.rfind('/'));
}

bool is_list_file(const std::string& script)
{
  return script.ends_with("/CMakeLists.txt");
}

/// Commands whose arguments are no names of variables to be set, or that learn() understands.
bool sets_nothing_else(const std::string& command)
{
  static constexpr std::string_view names[] = {"set",
                                               "if",
                                               "elseif",
                                               "else",
                                               "endif",
                                               "while",
                                               "foreach",
                                               "endforeach",
                                               "function",
                                               "macro",
                                               "message",
                                               "unset",
                                               "include",
                                               "add_test",
                                               "endfunction",
                                               "endmacro",
                                               "endwhile",
                                               "return",
                                               "add_custom_command",
                                               "add_custom_target",
                                               "add_subdirectory",
                                               "target_sources",
                                               "add_library",
                                               "add_executable",
                                               "configure_file",
                                               "mark_as_advanced"};
  return std::ranges::find(names, command) != std::end(names);
}

/// Stars that meet are one; the slash after a star may stand for nothing.
std::string with_single_stars(std::string_view text)
{
  std::string result;
  for (const char c : text) {
    const bool after_star = !result.empty() && result.back() == '*';
    if (!(after_star && (c == '*' || c == '/'))) {
      result += c;
    }
  }
  return result;
}

} // namespace

void ScriptVariables::define_functions(const std::vector<CMakeCommand>& commands)
{
  for (const CMakeCommand& command : commands) {
    if ((command.name != "function" && command.name != "macro") || command.arguments.empty()) {
      continue;
    }
    std::vector<std::string>& parameters = parameters_[lower_case(command.arguments[0].text)];
    for (const CMakeArgument& argument : std::span(command.arguments).subspan(1)) {
      parameters.push_back(argument.text);
    }
  }
}

void ScriptVariables::give(const std::string& variable, const std::string& script,
                           const CMakeCommand& command, std::size_t first)
{
  for (std::size_t i = first; i < command.arguments.size(); ++i) {
    const std::string& text = command.arguments[i].text;
    if (text == "CACHE") {
      return;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(';', begin), text.size());
      values_[variable].insert({script, text.substr(begin, end - begin)});
      begin = end + 1;
    }
  }
}

void ScriptVariables::learn(const std::string& script, const std::vector<CMakeCommand>& commands)
{
  for (const CMakeCommand& command : commands) {
    const std::vector<CMakeArgument>& arguments = command.arguments;
    if (parameters_.contains(command.name)) {
      learn_call(script, command);
    }
    if (arguments.empty()) {
      continue;
    }
    if (command.name == "set") {
      give(arguments[0].text, script, command, 1);
    } else if (command.name == "foreach") {
      learn_loop(script, command);
    } else if (command.name == "list" && arguments.size() > 2 &&
               (arguments[0].text == "APPEND" || arguments[0].text == "PREPEND")) {
      give(arguments[1].text, script, command, 2);
    } else if (!sets_nothing_else(command.name)) {
      for (const CMakeArgument& argument : arguments) {
        known_to_others_.insert(argument.text);
      }
    }
  }
}

void ScriptVariables::learn_loop(const std::string& script, const CMakeCommand& command)
{
  const std::vector<CMakeArgument>& arguments = command.arguments;
  const std::string& variable = arguments[0].text;
  const std::string mode = arguments.size() > 1 ? arguments[1].text : std::string();
  if (mode != "IN" && mode != "RANGE") {
    give(variable, script, command, 1);
    return;
  }
  std::string kind = mode;
  for (const CMakeArgument& argument : std::span(arguments).subspan(2)) {
    if (argument.text == "LISTS" || argument.text == "ITEMS" || argument.text == "ZIP_LISTS") {
      kind = argument.text;
    } else if (kind == "ITEMS") {
      values_[variable].insert({script, argument.text});
    } else if (kind == "LISTS") {
      values_[variable].insert({script, "${" + argument.text + "}"});
    } else {
      values_[variable].insert({script, "*"});
    }
  }
}

void ScriptVariables::learn_call(const std::string& script, const CMakeCommand& command)
{
  const std::vector<std::string>& parameters = parameters_.at(command.name);
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const std::string name = i < parameters.size() ? parameters[i] : "ARGN";
    values_[name].insert({script, command.arguments[i].text});
    values_["ARGV"].insert({script, command.arguments[i].text});
  }
}

std::vector<std::string> ScriptVariables::values_of(const std::string& variable,
                                                    const std::string& script, int depth) const
{
  if (variable == "CMAKE_SOURCE_DIR") {
    return {roots_.source};
  }
  if (variable == "CMAKE_CURRENT_LIST_DIR" ||
      (variable == "CMAKE_CURRENT_SOURCE_DIR" && is_list_file(script))) {
    return {directory_of(script)};
  }
  if (variable.ends_with("_BINARY_DIR")) {
    return {std::string(build_mark)};
  }
  const auto found = values_.find(variable);
  if (depth >= deepest || found == values_.end() || known_to_others_.contains(variable)) {
    return {"*"};
  }
  std::set<std::string> texts;
  for (const Value& value : found->second) {
    for (std::string& text : expanded(value, depth + 1)) {
      texts.insert(std::move(text));
    }
    if (texts.size() > most_values) {
      return {"*"};
    }
  }
  return {texts.begin(), texts.end()};
}

/// All texts that the references of a value may turn it into.
std::vector<std::string> ScriptVariables::expanded(const Value& value, int depth) const
{
  std::vector<std::string> texts{""};
  std::string_view rest = value.text;
  while (!rest.empty()) {
    const std::size_t dollar = std::min(rest.find('$'), rest.size());
    for (std::string& text : texts) {
      text += rest.substr(0, dollar);
    }
    rest.remove_prefix(dollar);
    if (rest.empty()) {
      break;
    }
    const std::size_t end = rest.find('}');
    const bool plain = rest.starts_with("${") && end != std::string_view::npos &&
                       rest.substr(2, end - 2).find('$') == std::string_view::npos;
    const std::vector<std::string> values =
        plain ? values_of(std::string(rest.substr(2, end - 2)), value.script, depth)
              : std::vector<std::string>{"*"};
    if (!plain && !rest.starts_with("$ENV")) {
      return {"*"};
    }
    rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
    if (texts.size() * values.size() > most_values) {
      return {"*"};
    }
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string& one : values) {
        longer.push_back(text + one);
      }
    }
    texts = std::move(longer);
  }
  return texts;
}

std::vector<std::string> ScriptVariables::patterns(const std::string& script,
                                                   const std::string& path) const
{
  std::vector<std::string> patterns;
  for (std::string text : expanded({script, path}, 0)) {
    std::ranges::replace_if(
        text, [](char c) { return c == '?' || c == '['; }, '*');
    if (text.empty() || text.find(build_mark) != std::string::npos) {
      continue;
    }
    if (!text.starts_with('/') && !text.starts_with('*')) {
      text = (is_list_file(script) ? directory_of(script) + "/" : "*") + text;
    }
    if (text.starts_with('/')) {
      text = roots_.graph_path(text);
      if (origin_of(text) != Origin::source) {
        continue;
      }
    }
    patterns.push_back(with_single_stars(text));
  }
  return patterns;
}

} // namespace winnow::ingest
