// An evaluator for the few commands CTest files consist of.
#include "analyzer/ingest/ctest_files.hpp"

#include "analyzer/ingest/cmake_condition.hpp"
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/ingest/cmake_variables.hpp"
#include "analyzer/ingest/test_property.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <optional>
#include <unordered_map>
#include <utility>

namespace winnow::ingest {
namespace {

using Arguments = std::vector<EvaluatedArgument>;

bool is_file(const std::string& path)
{
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

/// What gtest_discover_tests() and its like list as long as they cannot list the cases.
bool is_placeholder(const TestDescription& test)
{
  static constexpr std::string_view mark = "_NOT_BUILT";
  const std::size_t at = test.key.name.rfind(mark);
  if (at == std::string::npos || test.command.size() != 1 || test.command[0] != test.key.name) {
    return false;
  }
  const std::string_view rest = std::string_view(test.key.name).substr(at + mark.size());
  return rest.empty() || rest.starts_with('-');
}

/// "t_NOT_BUILT", which stands for whatever the program t would list.
bool adds_placeholder(const CMakeCommand& command)
{
  return command.name == "add_test" && command.arguments.size() == 2 &&
         command.arguments[0].text.find("_NOT_BUILT") != std::string::npos;
}

/// What GoogleTestAddTests.cmake and its like define: it asks a program for its cases.
bool discovers(const CMakeCommand& command)
{
  return command.name.ends_with("_discover_tests_impl");
}

class Evaluator {
 public:
  Evaluator(const Roots& roots, const std::string& configuration) : roots_(roots)
  {
    variables_.set("CTEST_CONFIGURATION_TYPE", configuration);
  }

  Result<TestListing> run()
  {
    enter_directory(roots_.build);
    if (problem_) {
      return *problem_;
    }
    for (TestDescription& test : listing_.tests) {
      if (is_placeholder(test)) {
        test.origin = TestOrigin::not_built_placeholder;
      }
    }
    listing_.resource_spec_file = value_of("CTEST_RESOURCE_SPEC_FILE");
    return std::move(listing_);
  }

 private:
  /// A branch of an if() that is open: whether its commands count, and whether any branch did yet.
  struct Branch {
    bool active;
    bool any_taken;
    bool parent_active;
  };

  void fail(const CMakeCommand& command, const std::string& file, std::string_view what)
  {
    problem_ = data_error(fmt::format("{}:{}: {} of {}() cannot be evaluated without running CMake",
                                      file, command.line, what, command.name));
  }

  void enter_directory(const std::string& directory)
  {
    const std::string file = directory + "/CTestTestfile.cmake";
    if (!is_file(file)) {
      listing_.files_missed.push_back(file);
      return;
    }
    const std::string outer = std::exchange(directory_, directory);
    std::unordered_map<std::string, std::size_t> outer_tests;
    std::swap(outer_tests, tests_here_);
    evaluate_file(file);
    std::swap(outer_tests, tests_here_);
    directory_ = outer;
  }

  void evaluate_file(const std::string& file)
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
    listing_.files_read.push_back(file);
    note_source_directory(*text);
    const Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, file);
    if (!commands) {
      problem_ = commands.error();
      return;
    }
    ++depth_;
    const std::string outer = value_of(current_file);
    set_current_file(file);
    evaluate_commands(*commands, file);
    set_current_file(outer);
    --depth_;
  }

  void set_current_file(const std::string& file)
  {
    variables_.set(current_file, file);
    variables_.set("CMAKE_CURRENT_LIST_DIR", file.substr(0, file.rfind('/')));
  }

  [[nodiscard]] std::string value_of(const char* variable) const
  {
    const std::string* value = variables_.find(variable);
    return value == nullptr ? std::string() : *value;
  }

  void evaluate_commands(const std::vector<CMakeCommand>& commands, const std::string& file)
  {
    std::vector<Branch> branches;
    for (auto command = commands.begin(); command != commands.end(); ++command) {
      if (!flow(*command, file, branches) && (branches.empty() || branches.back().active)) {
        if (command + 1 != commands.end() && discovers(command[1])) {
          put_off_discovery(commands, file);
          return;
        }
        execute(*command, file);
      }
      if (problem_) {
        return;
      }
    }
    if (!branches.empty()) {
      problem_ = data_error(fmt::format("{}: an if() is not closed", file));
    }
  }

  /// The file includes a script that discovers, then what that wrote.
  void put_off_discovery(const std::vector<CMakeCommand>& commands, const std::string& file)
  {
    listing_.undiscovered.push_back(file);
    for (const CMakeCommand& command : commands) {
      if (adds_placeholder(command)) {
        execute(command, file);
      }
    }
  }

  /// CMake names the source directory in a comment at the top of each directory's file.
  void note_source_directory(std::string_view text)
  {
    static constexpr std::string_view mark = "# Source directory: ";
    const std::size_t at = text.substr(0, 4096).find(mark);
    if (at != std::string_view::npos) {
      const std::size_t begin = at + mark.size();
      listing_.source_directories.try_emplace(
          key_directory(), text.substr(begin, text.find_first_of("\r\n", begin) - begin));
    }
  }

  /// directory_ as in TestKey.
  [[nodiscard]] std::string key_directory() const
  {
    return is_within(directory_, roots_.build)
               ? directory_.substr(std::min(roots_.build.size() + 1, directory_.size()))
               : directory_;
  }

  /// Handles if(), elseif(), else() and endif(); false for any other command.
  bool flow(const CMakeCommand& command, const std::string& file, std::vector<Branch>& branches)
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

  bool condition(const CMakeCommand& command, const std::string& file)
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

  /// A listing also depends on files that are not there yet.
  void note_files_asked_for(const Arguments& arguments)
  {
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
      if (arguments[i].text == "EXISTS" && !is_file(arguments[i + 1].text)) {
        listing_.files_missed.push_back(arguments[i + 1].text);
      }
    }
  }

  void execute(const CMakeCommand& command, const std::string& file)
  {
    const std::optional<Arguments> arguments = variables_.evaluate(command.arguments);
    if (!arguments) {
      fail(command, file, "an argument");
    } else if (command.name == "add_test" && arguments->size() >= 2) {
      add_test(*arguments);
    } else if (command.name == "set_tests_properties") {
      set_properties(*arguments, command, file);
    } else if (command.name == "subdirs" || command.name == "add_subdirectory") {
      enter_directories(*arguments);
    } else if (command.name == "include" && !arguments->empty()) {
      include(*arguments, command, file);
    } else if (command.name == "set" && !arguments->empty()) {
      set_variable(*arguments);
    } else if (command.name == "unset" && arguments->size() == 1) {
      variables_.unset((*arguments)[0].text);
    } else if (command.name != "message") {
      fail(command, file, "this use");
    }
  }

  void enter_directories(const Arguments& arguments)
  {
    for (const EvaluatedArgument& argument : arguments) {
      if (problem_) {
        return;
      }
      enter_directory(lexically_normal(
          argument.text.starts_with('/') ? argument.text : directory_ + "/" + argument.text));
    }
  }

  void include(const Arguments& arguments, const CMakeCommand& command, const std::string& file)
  {
    const std::string& name = arguments[0].text;
    const std::string path = name.starts_with('/') ? name : directory_ + "/" + name;
    if (is_file(path)) {
      evaluate_file(path);
    } else if (arguments.size() == 2 && arguments[1].text == "OPTIONAL") {
      listing_.files_missed.push_back(path);
    } else {
      fail(command, file, "the file");
    }
  }

  void set_variable(const Arguments& arguments)
  {
    std::string value;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      value += (i > 1 ? ";" : "") + arguments[i].text;
    }
    variables_.set(arguments[0].text, std::move(value));
  }

  void add_test(const Arguments& arguments)
  {
    const auto [at, added] = tests_here_.try_emplace(arguments[0].text, listing_.tests.size());
    if (!added) {
      // Two of one name in one directory cannot be told apart: the later command counts.
      listing_.tests[at->second].command.clear();
    } else {
      TestDescription test;
      test.key = {key_directory(), arguments[0].text};
      test.properties.working_directory = directory_;
      by_name_[test.key.name].push_back(listing_.tests.size());
      listing_.tests.push_back(std::move(test));
      listing_.backtraces.emplace_back();
    }
    TestDescription& test = listing_.tests[at->second];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      test.command.push_back(arguments[i].text);
    }
  }

  /// As ctest does, for every test of that name so far, in whichever directory.
  void set_properties(const Arguments& arguments, const CMakeCommand& command,
                      const std::string& file)
  {
    std::size_t names = 0;
    while (names < arguments.size() && arguments[names].text != "PROPERTIES") {
      ++names;
    }
    for (std::size_t i = 0; i < names; ++i) {
      if (const auto found = by_name_.find(arguments[i].text); found != by_name_.end()) {
        for (const std::size_t index : found->second) {
          if (!set_properties_of(index, arguments, names + 1)) {
            problem_ = data_error(
                fmt::format("{}:{}: RESOURCE_GROUPS is not like \"2,gpus:1;gpus:3,cards:1\", and "
                            "ctest takes no "
                            "test of a build tree that has it; set it right and configure again",
                            file, command.line));
            return;
          }
        }
      }
    }
  }

  bool set_properties_of(std::size_t index, const Arguments& arguments, std::size_t begin)
  {
    TestDescription& test = listing_.tests[index];
    for (std::size_t at = begin; at + 1 < arguments.size(); at += 2) {
      if (arguments[at].text != "_BACKTRACE_TRIPLES") {
        if (!set_test_property(test.properties, arguments[at].text, arguments[at + 1].text,
                               directory_)) {
          return false;
        }
      } else {
        listing_.backtraces[index] = arguments[at + 1].text;
        if (test.defined_at.empty()) {
          set_origin(test, arguments[at + 1].text);
        }
      }
    }
    return true;
  }

  /// The first triple of file, line and command is the add_test() itself.
  void set_origin(TestDescription& test, const std::string& triples)
  {
    const std::vector<std::string> parts = expand_list(triples);
    if (parts.size() >= 2) {
      test.defined_at = roots_.graph_path(parts[0]) + ":" + parts[1];
    }
  }

  static constexpr const char* current_file = "CMAKE_CURRENT_LIST_FILE";

  const Roots& roots_;
  CMakeVariables variables_;
  TestListing listing_;
  std::string directory_;
  std::unordered_map<std::string, std::size_t> tests_here_; ///< of directory_: name to index
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_; ///< of all directories so far
  std::optional<Error> problem_;
  int depth_ = 0;
};

} // namespace

Result<TestListing> read_ctest_files(const Roots& roots, const std::string& configuration)
{
  return Evaluator(roots, configuration).run();
}

} // namespace winnow::ingest
