// Why one thing of a graph depends on another.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace winnow {

/// The kind of an edge from what is depended on to what depends. Stored in five bits in graph
/// files: append only.
enum class EdgeKind : std::uint8_t {
  // file -> step
  source,           ///< explicit input of a step in the build file
  implicit_input,   ///< implicit input in the build file
  ordered_before,   ///< order-only input that the step may read or that must exist at run time
  header,           ///< read by the compiler, as its dependency record says
  depfile_input,    ///< read by a custom command, as its depfile says
  named_in_command, ///< an existing file that only the step's command line names
  // step -> file
  output,
  // file -> test
  executable,      ///< the program the test runs
  argument,        ///< named in the test's command line
  environment,     ///< named in the test's environment
  below_argument,  ///< lies below a directory that the test's command line names
  required_file,   ///< REQUIRED_FILES
  declared_input,  ///< winnow_test_inputs()
  discovered_from, ///< the test (or its placeholder) comes from what this executable lists
  // test -> test
  fixture_setup,   ///< sets up a fixture the dependent requires
  fixture_cleanup, ///< cleans up a fixture; the dependent is what the cleanup needs to have run for
  depends,         ///< DEPENDS
  // file -> step
  scanned_header,  ///< may be read by the compiler, as the text of the files before it says
  module,          ///< a compiled module that the step uses, as the dyndep file of its scan says
  possible_module, ///< a dyndep file that stands for every module its scan may find
  // step -> file
  module_output, ///< a compiled module that the step makes, as a dyndep file says
  // file -> step
  mentioned, ///< a word in an input of a tool that finds more: it may read the file, or not
  // file -> test
  mentioned_in_script ///< the same of a script that the test runs, or that such a script names
};

/// What an edge leads from, and to.
enum class EdgeEnds { file_to_step, step_to_file, file_to_test, test_to_test };

struct EdgeKindName {
  EdgeKind kind;
  EdgeEnds ends;
  std::string_view name;   ///< in documents
  std::string_view phrase; ///< "<what is depended on> <phrase> <what depends>"
};

inline constexpr std::array edge_kind_names{
    EdgeKindName{EdgeKind::source, EdgeEnds::file_to_step, "source",
                 "is compiled or processed into"},
    EdgeKindName{EdgeKind::implicit_input, EdgeEnds::file_to_step, "implicit_input",
                 "is an input of"},
    EdgeKindName{EdgeKind::ordered_before, EdgeEnds::file_to_step, "ordered_before",
                 "must be up to date before"},
    EdgeKindName{EdgeKind::header, EdgeEnds::file_to_step, "header", "is included by"},
    EdgeKindName{EdgeKind::depfile_input, EdgeEnds::file_to_step, "depfile_input", "is read by"},
    EdgeKindName{EdgeKind::named_in_command, EdgeEnds::file_to_step, "named_in_command",
                 "is named in the command of"},
    EdgeKindName{EdgeKind::output, EdgeEnds::step_to_file, "output", "produces"},
    EdgeKindName{EdgeKind::executable, EdgeEnds::file_to_test, "executable", "is run by"},
    EdgeKindName{EdgeKind::argument, EdgeEnds::file_to_test, "argument", "is an argument of"},
    EdgeKindName{EdgeKind::environment, EdgeEnds::file_to_test, "environment",
                 "is in the environment of"},
    EdgeKindName{EdgeKind::below_argument, EdgeEnds::file_to_test, "below_argument",
                 "lies in a directory given to"},
    EdgeKindName{EdgeKind::required_file, EdgeEnds::file_to_test, "required_file",
                 "is required by"},
    EdgeKindName{EdgeKind::declared_input, EdgeEnds::file_to_test, "declared_input",
                 "is a declared input of"},
    EdgeKindName{EdgeKind::discovered_from, EdgeEnds::file_to_test, "discovered_from", "lists"},
    EdgeKindName{EdgeKind::fixture_setup, EdgeEnds::test_to_test, "fixture_setup",
                 "sets up a fixture of"},
    EdgeKindName{EdgeKind::fixture_cleanup, EdgeEnds::test_to_test, "fixture_cleanup",
                 "cleans up a fixture of"},
    EdgeKindName{EdgeKind::depends, EdgeEnds::test_to_test, "depends", "is depended on by"},
    EdgeKindName{EdgeKind::scanned_header, EdgeEnds::file_to_step, "scanned_header",
                 "may be included by"},
    EdgeKindName{EdgeKind::module, EdgeEnds::file_to_step, "module", "provides a module to"},
    EdgeKindName{EdgeKind::possible_module, EdgeEnds::file_to_step, "possible_module",
                 "may provide a module to"},
    EdgeKindName{EdgeKind::module_output, EdgeEnds::step_to_file, "module_output", "produces"},
    EdgeKindName{EdgeKind::mentioned, EdgeEnds::file_to_step, "mentioned",
                 "is mentioned by an input of"},
    EdgeKindName{EdgeKind::mentioned_in_script, EdgeEnds::file_to_test, "mentioned_in_script",
                 "is mentioned by a script of"},
};

constexpr const EdgeKindName& name_of(EdgeKind kind)
{
  return edge_kind_names[static_cast<std::size_t>(kind)];
}

/// Whether the edge only tells that the file may be read.
constexpr bool is_mention(EdgeKind kind)
{
  return kind == EdgeKind::mentioned || kind == EdgeKind::mentioned_in_script;
}

} // namespace winnow
