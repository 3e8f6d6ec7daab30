// Lines of words, each word hexadecimal, so that no character of an argument matters.
#include "analyzer/ingest/cmake_recording.hpp"

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/discover_tests.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <optional>
#include <set>

namespace winnow::ingest {
namespace {

/// What ctest knows instead of CMake, or as it does not.
struct RecordedCommand {
  std::string_view name;
  int least_arguments;
};

constexpr RecordedCommand recorded_commands[] = {{"add_test", 2},
                                                 {"set_tests_properties", 0},
                                                 {"subdirs", 1},
                                                 {"add_subdirectory", 1},
                                                 {"set_directory_properties", 0}};

/// Its call is recorded and nothing else. `if()` looks at numbers only: what else it looked at
/// could be taken for the name of a variable.
constexpr std::string_view recording_function = R"(
function({0})
  if(ARGC LESS {1})
    message(FATAL_ERROR "{0} called with incorrect number of arguments")
  endif()
  set(_winnow_call "{0}")
  if(ARGC)
    math(EXPR _winnow_last "${{ARGC}} - 1")
    foreach(_winnow_at RANGE ${{_winnow_last}})
      string(HEX "${{ARGV${{_winnow_at}}}}" _winnow_hex)
      string(APPEND _winnow_call " x${{_winnow_hex}}")
    endforeach()
  endif()
  set_property(GLOBAL APPEND_STRING PROPERTY _winnow_lines "${{_winnow_call}}\n")
endfunction()
)";

/// A function sees the variables of who calls it.
constexpr std::string_view variables_function = R"(
function(_winnow_variables)
  get_cmake_property(_winnow_names VARIABLES)
  foreach(_winnow_name IN LISTS _winnow_names)
    string(HEX "${_winnow_name}" _winnow_hex_name)
    string(HEX "${${_winnow_name}}" _winnow_hex)
    set_property(GLOBAL APPEND_STRING PROPERTY _winnow_lines "= x${_winnow_hex_name} x${_winnow_hex}\n")
  endforeach()
  set_property(GLOBAL APPEND_STRING PROPERTY _winnow_lines "--\n")
endfunction()
)";

/// `cmake -P` sets them, and ctest does not.
constexpr std::string_view variables_of_ctest = R"(
foreach(_winnow_name ARGC ARGV0 ARGV1 ARGV2 ARGV3 COMMAND CPACK_COMMAND CTEST_COMMAND
    CURRENT_BINARY_DIR CURRENT_SOURCE_DIR ROOT SCRIPT_MODE_FILE)
  unset(CMAKE_${_winnow_name})
  unset(CMAKE_${_winnow_name} CACHE)
endforeach()
unset(_winnow_name)
)";

constexpr std::string_view last_line = "end\n";

/// As a CMake argument that takes every byte as it is.
std::string bracketed(const std::string& text)
{
  std::string marks;
  while (text.find("]" + marks + "]") != std::string::npos || text.ends_with("]" + marks)) {
    marks += '=';
  }
  return fmt::format("[{0}[\n{1}]{0}]", marks, text);
}

std::optional<int> digit(char c)
{
  return c >= '0' && c <= '9'   ? std::optional(c - '0')
         : c >= 'a' && c <= 'f' ? std::optional(c - 'a' + 10)
                                : std::nullopt;
}

/// Of a word "x6f6b": "ok".
std::optional<std::string> decoded(std::string_view word)
{
  if (!word.starts_with('x') || word.size() % 2 == 0) {
    return std::nullopt;
  }
  std::string text;
  for (std::size_t at = 1; at < word.size(); at += 2) {
    const std::optional<int> high = digit(word[at]);
    const std::optional<int> low = digit(word[at + 1]);
    if (!high || !low) {
      return std::nullopt;
    }
    text += static_cast<char>(*high * 16 + *low);
  }
  return text;
}

std::optional<RecordedCall> parse_line(std::string_view line)
{
  RecordedCall call{std::string(line.substr(0, line.find(' '))), {}};
  line.remove_prefix(call.name.size());
  while (!line.empty()) {
    const std::size_t end = line.find(' ', 1);
    const std::optional<std::string> argument = decoded(line.substr(1, end - 1));
    if (!argument) {
      return std::nullopt;
    }
    call.arguments.push_back(*argument);
    line = end == std::string_view::npos ? "" : line.substr(end);
  }
  return call;
}

class Definitions {
 public:
  std::string of(const std::string& file)
  {
    add(file);
    return text_;
  }

 private:
  void add(const std::string& file)
  {
    const Result<std::string> text =
        seen_.insert(file).second ? read_text_file(file) : data_error("known");
    const auto commands = text ? parse_cmake_script(*text, file) : text.error();
    if (!commands) {
      return;
    }
    std::uint32_t begin = 0;
    int depth = 0; // definitions may stand in definitions
    for (const CMakeCommand& command : *commands) {
      if (command.name == "function" || command.name == "macro") {
        begin = depth++ == 0 ? command.line : begin;
      } else if ((command.name == "endfunction" || command.name == "endmacro") && depth > 0) {
        if (--depth == 0) {
          add_lines(*text, begin, command.last_line);
        }
      } else if (command.name == "include" && !command.arguments.empty() && depth == 0) {
        const std::filesystem::path included = command.arguments[0].text;
        add((std::filesystem::path(file).parent_path() / included).string());
      }
    }
  }

  /// Counted from 1.
  void add_lines(std::string_view text, std::uint32_t first, std::uint32_t last)
  {
    for (std::uint32_t line = 1; line <= last && !text.empty(); ++line) {
      const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
      if (line >= first) {
        text_ += text.substr(0, length);
      }
      text.remove_prefix(length);
    }
    text_ += '\n';
  }

  std::set<std::string> seen_;
  std::string text_;
};

} // namespace

std::string recording_script(const CMakeEvaluation& evaluation, const std::string& output)
{
  std::string text;
  for (const RecordedCommand& command : recorded_commands) {
    text += fmt::format(fmt::runtime(recording_function), command.name, command.least_arguments);
  }
  text += discover_tests_function;
  text += variables_function;
  text += variables_of_ctest;
  for (const auto& [name, value] : evaluation.variables) {
    text += fmt::format("set({} {})\n", bracketed(name), bracketed(value));
  }
  text += evaluation.definitions;
  text += "_winnow_variables()\n";
  for (const std::string& file : evaluation.files) {
    text += fmt::format("include({})\n", bracketed(file));
  }
  text += fmt::format("set_property(GLOBAL APPEND_STRING PROPERTY _winnow_lines \"--\\n\")\n"
                      "_winnow_variables()\n"
                      "get_property(_winnow_lines GLOBAL PROPERTY _winnow_lines)\n"
                      "file(WRITE {} \"${{_winnow_lines}}{}\")\n",
                      bracketed(output), "end\\n");
  return text;
}

Result<CMakeRecording> parse_recording(std::string_view text)
{
  CMakeRecording recording;
  if (!text.ends_with(last_line)) {
    return data_error("CMake did not come to the end of a script");
  }
  text.remove_suffix(last_line.size());
  int part = 0; // variables, calls, variables
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == "--") {
      ++part;
      continue;
    }
    std::optional<RecordedCall> call = parse_line(line);
    const bool sets = call && call->name == "=" && call->arguments.size() == 2;
    if (!call || sets == (part == 1)) {
      return data_error(fmt::format("CMake wrote '{}' where a recorded call should be", line));
    }
    if (sets) {
      (part == 0 ? recording.before : recording.after)
          .insert_or_assign(call->arguments[0], call->arguments[1]);
    } else {
      recording.calls.push_back(std::move(*call));
    }
  }
  return recording;
}

std::string definitions_in(const std::string& file)
{
  return Definitions().of(file);
}

bool is_place_of_script(const std::string& variable)
{
  return variable.starts_with("CMAKE_CURRENT_") || variable == "CMAKE_PARENT_LIST_FILE";
}

void apply_changes(const CMakeRecording& recording, CMakeVariables& variables)
{
  for (const auto& [name, value] : recording.before) {
    if (!is_place_of_script(name) && !recording.after.contains(name)) {
      variables.unset(name);
    }
  }
  for (const auto& [name, value] : recording.after) {
    const auto before = recording.before.find(name);
    if (!is_place_of_script(name) &&
        (before == recording.before.end() || before->second != value)) {
      variables.set(name, value);
    }
  }
}

} // namespace winnow::ingest
