// Walks the directories of CTest files; what needs more of CMake is taken back and left to it.
#include "analyzer/ingest/ctest_files.hpp"

#include "analyzer/ingest/cmake_interpreter.hpp"
#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/ingest/placeholder_tests.hpp"
#include "analyzer/ingest/source_directory_mark.hpp"
#include "analyzer/ingest/test_property.hpp"

#include <fmt/format.h>

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace winnow::ingest {
namespace {

/// Text as an argument that is what it says.
EvaluatedArgument quoted(std::string text)
{
  return {std::move(text), true};
}

/// What is known of files that only CMake can evaluate.
struct Programs {
  std::map<std::string, std::string> why;        ///< by file
  std::map<std::string, std::string> recordings; ///< by file: each is evaluated once
};

class Evaluator : private CMakeInterpreter {
 public:
  Evaluator(const Roots& roots, const std::string& configuration, const CMakeEvaluator& evaluator,
            Programs& programs, KeepTexts property_texts)
      : CMakeInterpreter(roots.build),
        roots_(roots),
        evaluator_(evaluator),
        programs_(programs),
        texts_(property_texts)
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
    if (const auto spec = variables_.values().find("CTEST_RESOURCE_SPEC_FILE");
        spec != variables_.values().end()) {
      listing_.resource_spec_file = spec->second;
    }
    listing_.environment = variables_.environment();
    return std::move(listing_);
  }

  /// What could not be taken back was done before it was known that a file is a program.
  [[nodiscard]] bool must_start_again() const { return starts_again_; }

 private:
  using TestsByName = std::unordered_map<std::string, std::size_t>;

  /// How things stood before a directory's file was evaluated.
  struct Mark {
    CMakeVariables variables;
    std::size_t tests;
    std::size_t undiscovered;
    std::size_t changes_elsewhere;
  };

  void enter_directory(const std::string& directory)
  {
    static constexpr int deepest = 200;
    const std::string file = directory + "/CTestTestfile.cmake";
    if (!is_file(file)) {
      listing_.files_missed.push_back(file);
      return;
    }
    if (open_directories_ == deepest) {
      problem_ = data_error(fmt::format("{} is entered by itself", file));
      hopeless_ = true;
      return;
    }
    ++open_directories_;
    const std::string outer = std::exchange(directory_, directory);
    const std::size_t outer_begin = std::exchange(begin_here_, listing_.tests.size());
    TestsByName outer_tests = std::exchange(tests_here_, {});
    evaluate_directory(file);
    share_properties(std::span(listing_.tests).subspan(begin_here_));
    tests_here_ = std::move(outer_tests);
    begin_here_ = outer_begin;
    directory_ = outer;
    --open_directories_;
  }

  void evaluate_directory(const std::string& file)
  {
    if (programs_.why.contains(file)) {
      leave_to_cmake(file);
      return;
    }
    const Mark mark{variables_, listing_.tests.size(), listing_.undiscovered.size(),
                    changes_elsewhere_};
    evaluate_file(file);
    if (!problem_ || hopeless_) {
      return;
    }
    programs_.why.emplace(file, problem_->message);
    if (mark.changes_elsewhere == changes_elsewhere_) {
      problem_.reset();
      take_back(mark);
      leave_to_cmake(file);
    } else {
      starts_again_ = hopeless_ = true;
    }
  }

  /// Undoes all that a directory's file did, except for what it is known to have read.
  void take_back(const Mark& mark)
  {
    variables_ = mark.variables;
    listing_.undiscovered.resize(mark.undiscovered);
    while (listing_.tests.size() > mark.tests) {
      by_name_[listing_.tests.back().key.name].pop_back();
      listing_.tests.pop_back();
      listing_.backtraces.pop_back();
    }
    listing_.property_texts.resize(std::min(listing_.property_texts.size(), mark.tests));
    tests_here_.clear();
  }

  void leave_to_cmake(const std::string& file)
  {
    const std::string& why = programs_.why.at(file);
    if (!evaluator_) {
      listing_.unevaluated.push_back({file, why});
      return;
    }
    if (!programs_.recordings.contains(file)) {
      Result<std::string> recorded = evaluator_(evaluation_of(file));
      if (!recorded) {
        give_up(recorded.error(), why);
        return;
      }
      programs_.recordings.emplace(file, std::move(*recorded));
    }
    const Result<CMakeRecording> recording = parse_recording(programs_.recordings.at(file));
    if (!recording) {
      give_up(recording.error(), why);
      return;
    }
    listing_.evaluated = XXH3_64bits_withSeed(file.data(), file.size(), listing_.evaluated);
    definitions_ += definitions_in(file);
    replay(*recording, file);
  }

  void give_up(const Error& error, const std::string& why)
  {
    problem_ = Error{error.kind, fmt::format("{} ({})", error.message, why)};
    hopeless_ = true;
  }

  [[nodiscard]] CMakeEvaluation evaluation_of(const std::string& file) const
  {
    CMakeEvaluation evaluation{{file}, directory_, {}, definitions_};
    for (const auto& [name, value] : variables_.values()) {
      if (!is_place_of_script(name)) {
        evaluation.variables.emplace(name, value);
      }
    }
    return evaluation;
  }

  void replay(const CMakeRecording& recording, const std::string& file)
  {
    apply_changes(recording, variables_);
    for (const RecordedCall& call : recording.calls) {
      Arguments arguments;
      std::string text = call.name;
      for (const std::string& argument : call.arguments) {
        text += fmt::format(" {}:{}", argument.size(), argument);
        arguments.push_back(quoted(argument));
      }
      listing_.evaluated = XXH3_64bits_withSeed(text.data(), text.size(), listing_.evaluated);
      if (!problem_ && !execute({call.name, {}, 0, 0}, arguments, file) && !problem_) {
        problem_ = data_error(
            fmt::format("{}: {}() was called in a way that ctest does not know", file, call.name));
      }
      if (problem_) {
        hopeless_ = true;
        return;
      }
    }
  }

  void begin_file(const std::string& file, std::string_view text) override
  {
    listing_.files_read.push_back(file);
    if (const auto source = marked_source_directory(text)) {
      listing_.source_directories.try_emplace(key_directory(), *source);
    }
  }

  void missed(const std::string& path) override { listing_.files_missed.push_back(path); }

  /// The file includes a script that discovers, then what that wrote.
  bool takes_rest(const std::vector<CMakeCommand>& commands, std::size_t at,
                  const std::string& file) override
  {
    if (at + 1 == commands.size() || !discovers(commands[at + 1])) {
      return false;
    }
    listing_.undiscovered.push_back(file);
    for (const CMakeCommand& command : commands) {
      if (adds_placeholder(command)) {
        execute_any(command, file);
      }
    }
    return true;
  }

  /// directory_ as in TestKey.
  [[nodiscard]] std::string key_directory() const
  {
    return is_within(directory_, roots_.build)
               ? directory_.substr(std::min(roots_.build.size() + 1, directory_.size()))
               : directory_;
  }

  bool execute(const CMakeCommand& command, const Arguments& arguments,
               const std::string& file) override
  {
    const std::string& name = command.name;
    if (name == "add_test" && arguments.size() >= 2) {
      add_test(arguments);
    } else if (name == "set_tests_properties") {
      set_properties(arguments, command, file);
    } else if (name == "set_directory_properties") {
      set_directory_properties(arguments);
    } else if (name == "subdirs") {
      enter_directories(arguments);
    } else if (name == "add_subdirectory" && !arguments.empty()) {
      enter_directory(lexically_normal(directory_ + "/" + arguments[0].text));
    } else {
      return false;
    }
    return true;
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

  void add_test(const Arguments& arguments)
  {
    const auto [at, added] = tests_here_.try_emplace(arguments[0].text, listing_.tests.size());
    if (!added) {
      // Two of one name in one directory cannot be told apart: the later command counts.
      listing_.tests[at->second].command.clear();
    } else {
      TestDescription test;
      test.key = {key_directory(), arguments[0].text};
      test.properties.edit().working_directory = directory_;
      by_name_[test.key.name].push_back(listing_.tests.size());
      listing_.tests.push_back(std::move(test));
      listing_.backtraces.emplace_back();
      keep_text(listing_.tests.size() - 1, "WORKING_DIRECTORY", directory_);
    }
    TestDescription& test = listing_.tests[at->second];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      test.command.push_back(arguments[i].text);
    }
  }

  /// Labels for the tests so far that run in the directory, as ctest understands it.
  void set_directory_properties(const Arguments& arguments)
  {
    for (std::size_t at = 1; at + 1 < arguments.size(); at += 2) {
      for (std::size_t i = 0; arguments[at].text == "LABELS" && i < listing_.tests.size(); ++i) {
        if (listing_.tests[i].properties->working_directory == directory_) {
          changes_elsewhere_ += i < begin_here_ ? 1 : 0;
          set_test_property(listing_.tests[i].properties.edit(), "LABELS", arguments[at + 1].text,
                            directory_);
          keep_text(i, "LABELS", arguments[at + 1].text);
        }
      }
    }
  }

  void keep_text(std::size_t test, std::string_view property, const std::string& value)
  {
    if (texts_ == KeepTexts::yes) {
      listing_.property_texts.resize(listing_.tests.size());
      keep_property_text(listing_.property_texts[test], property, value);
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
            hopeless_ = true;
            problem_ = data_error(
                fmt::format("{}:{}: RESOURCE_GROUPS is not like \"2,gpus:1;gpus:3,cards:1\", and "
                            "ctest takes no test of a build tree that has it; set it right and "
                            "configure again",
                            file, command.line));
            return;
          }
        }
      }
    }
  }

  bool set_properties_of(std::size_t index, const Arguments& arguments, std::size_t begin)
  {
    changes_elsewhere_ += index < begin_here_ ? 1 : 0;
    TestDescription& test = listing_.tests[index];
    for (std::size_t at = begin; at + 1 < arguments.size(); at += 2) {
      if (arguments[at].text != "_BACKTRACE_TRIPLES") {
        // A relative directory is relative to where ctest runs, whichever the test's own is.
        if (!set_test_property(test.properties.edit(), arguments[at].text, arguments[at + 1].text,
                               roots_.build)) {
          return false;
        }
        keep_text(index, arguments[at].text, arguments[at + 1].text);
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
    if (const std::vector<std::string> parts = expand_list(triples); parts.size() >= 2) {
      test.defined_at = roots_.graph_path(parts[0]) + ":" + parts[1];
    }
  }

  const Roots& roots_;
  const CMakeEvaluator& evaluator_;
  Programs& programs_;
  const KeepTexts texts_;
  TestListing listing_;
  std::size_t begin_here_ = 0; ///< the first test of directory_
  TestsByName tests_here_;     ///< of directory_: name to index
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_; ///< of all directories so far
  std::size_t changes_elsewhere_ = 0; ///< to tests of other directories
  std::string definitions_;           ///< of what CMake evaluated so far
  bool hopeless_ = false;             ///< CMake cannot do better
  bool starts_again_ = false;
  int open_directories_ = 0;
};

} // namespace

Result<TestListing> read_ctest_files(const Roots& roots, const std::string& configuration,
                                     const CMakeEvaluator& evaluator, KeepTexts property_texts)
{
  Programs programs;
  while (true) {
    Evaluator walk(roots, configuration, evaluator, programs, property_texts);
    Result<TestListing> listing = walk.run();
    if (!walk.must_start_again()) {
      return listing;
    }
  }
}

} // namespace winnow::ingest
