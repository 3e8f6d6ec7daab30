// One pass over the commands of a file, with a stack of the conditions that are open.
#include "analyzer/ingest/cmake_interpreter.hpp"

#include "analyzer/ingest/cmake_condition.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr const char* current_file = "CMAKE_CURRENT_LIST_FILE";

std::string joined(const std::vector<EvaluatedArgument>& arguments, std::size_t begin)
{
  std::string value;
  for (std::size_t i = begin; i < arguments.size(); ++i) {
    value += (i > begin ? ";" : "") + arguments[i].text;
  }
  return value;
}

/// As ctest's own log level has it.
bool is_silent(const std::vector<EvaluatedArgument>& message)
{
  static constexpr std::array<std::string_view, 4> modes{"STATUS", "VERBOSE", "DEBUG", "TRACE"};
  return !message.empty() && std::ranges::find(modes, message[0].text) != modes.end();
}

} // namespace

bool CMakeInterpreter::is_file(const std::string& path)
{
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

CMakeInterpreter::CMakeInterpreter(std::string directory) : directory_(std::move(directory))
{
  for (const char* set : {"UNIX", "LINUX", "CMAKE_HOST_UNIX", "CMAKE_HOST_LINUX"}) {
    variables_.set(set, "1");
  }
  variables_.set("CMAKE_HOST_SYSTEM_NAME", "Linux");
  variables_.set("CMAKE_SOURCE_DIR", "");
  variables_.set("CMAKE_BINARY_DIR", "");
}

void CMakeInterpreter::fail(const CMakeCommand& command, const std::string& file,
                            std::string_view what)
{
  problem_ = data_error(fmt::format("{}:{}: {} of {}() cannot be evaluated without running CMake",
                                    file, command.line, what, command.name));
}

void CMakeInterpreter::evaluate_file(const std::string& file)
{
  static constexpr int deepest = 200;
  if (depth_ == deepest) {
    problem_ = data_error(fmt::format("{} is included by itself", file));
    return;
  }
  const Result<std::string> text = read_text_file(file);
  if (!text) {
    problem_ = text.error();
    return;
  }
  begin_file(file, *text);
  const Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, file);
  if (!commands) {
    problem_ = commands.error();
    return;
  }
  ++depth_;
  const std::string* known = variables_.find(current_file);
  const std::string outer = known == nullptr ? "" : *known;
  set_current_file(file);
  evaluate_commands(*commands, file);
  set_current_file(outer);
  --depth_;
}

void CMakeInterpreter::set_current_file(const std::string& file)
{
  variables_.set(current_file, file);
  variables_.set("CMAKE_CURRENT_LIST_DIR", file.substr(0, file.rfind('/')));
}

void CMakeInterpreter::evaluate_commands(const std::vector<CMakeCommand>& commands,
                                         const std::string& file)
{
  std::vector<Branch> branches;
  for (std::size_t at = 0; at < commands.size(); ++at) {
    if (!flow(commands[at], file, branches) && (branches.empty() || branches.back().active)) {
      if (takes_rest(commands, at, file)) {
        return;
      }
      execute_any(commands[at], file);
    }
    if (problem_) {
      return;
    }
  }
  if (!branches.empty()) {
    problem_ = data_error(fmt::format("{}: an if() is not closed", file));
  }
}

/// Handles if(), elseif(), else() and endif(); false for any other command.
bool CMakeInterpreter::flow(const CMakeCommand& command, const std::string& file,
                            std::vector<Branch>& branches)
{
  if (command.name == "if") {
    const bool parent = branches.empty() || branches.back().active;
    const bool taken = parent && condition(command, file);
    branches.push_back({taken, taken, parent});
    return true;
  }
  if (command.name != "elseif" && command.name != "else" && command.name != "endif") {
    return false;
  }
  if (branches.empty()) {
    problem_ =
        data_error(fmt::format("{}:{}: {}() without if()", file, command.line, command.name));
    return true;
  }
  Branch& branch = branches.back();
  if (command.name == "endif") {
    branches.pop_back();
  } else {
    branch.active = branch.parent_active && !branch.any_taken &&
                    (command.name == "else" || condition(command, file));
    branch.any_taken = branch.any_taken || branch.active;
  }
  return true;
}

bool CMakeInterpreter::condition(const CMakeCommand& command, const std::string& file)
{
  const std::optional<Arguments> arguments = variables_.evaluate(command.arguments);
  const std::optional<bool> value =
      arguments ? evaluate_condition(*arguments, variables_) : std::nullopt;
  if (!value) {
    fail(command, file, "the condition");
    return false;
  }
  note_files_asked_for(*arguments);
  return *value;
}

/// What a script does also depends on files that are not there yet.
void CMakeInterpreter::note_files_asked_for(const Arguments& arguments)
{
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    if (arguments[i].text == "EXISTS" && !is_file(arguments[i + 1].text)) {
      missed(arguments[i + 1].text);
    }
  }
}

void CMakeInterpreter::execute_any(const CMakeCommand& command, const std::string& file)
{
  const std::optional<Arguments> arguments = variables_.evaluate(command.arguments);
  if (!arguments) {
    fail(command, file, "an argument");
  } else if (!execute_own(command, *arguments, file) && !problem_ &&
             !execute(command, *arguments, file) && !problem_) {
    fail(command, file, "this use");
  }
}

bool CMakeInterpreter::execute_own(const CMakeCommand& command, const Arguments& arguments,
                                   const std::string& file)
{
  const std::string& name = command.name;
  if (name == "include" && !arguments.empty()) {
    include(arguments, command, file);
  } else if (name == "set" && arguments.size() == 1) {
    variables_.unset(arguments[0].text);
  } else if (name == "set" && arguments.size() > 1 && arguments.back().text != "PARENT_SCOPE" &&
             std::ranges::none_of(arguments,
                                  [](const auto& word) { return word.text == "CACHE"; })) {
    variables_.set(arguments[0].text, joined(arguments, 1));
  } else if (name == "unset" && arguments.size() == 1) {
    variables_.unset(arguments[0].text);
  } else if (name == "list" && arguments.size() > 1 && arguments[0].text == "APPEND") {
    const std::string* list = variables_.find(arguments[1].text);
    if (arguments.size() > 2) {
      const std::string before = list == nullptr || list->empty() ? "" : *list + ";";
      variables_.set(arguments[1].text, before + joined(arguments, 2));
    }
  } else {
    return name == "message" && is_silent(arguments);
  }
  return true;
}

void CMakeInterpreter::include(const Arguments& arguments, const CMakeCommand& command,
                               const std::string& file)
{
  const std::string& name = arguments[0].text;
  const std::string path = name.starts_with('/') ? name : directory_ + "/" + name;
  const bool optional = arguments.size() == 2 && arguments[1].text == "OPTIONAL";
  if (is_file(path) && (arguments.size() == 1 || optional)) {
    evaluate_file(path);
  } else if (optional) {
    missed(path);
  } else {
    fail(command, file, "the file");
  }
}

} // namespace winnow::ingest
