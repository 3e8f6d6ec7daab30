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
  mentioned ///< a word in an input of a tool that finds more: it may read the file, or not
};

struct EdgeKindName {
  EdgeKind kind;
  std::string_view name;   ///< in documents
  std::string_view phrase; ///< "<what is depended on> <phrase> <what depends>"
};

inline constexpr std::array edge_kind_names{
    EdgeKindName{EdgeKind::source, "source", "is compiled or processed into"},
    EdgeKindName{EdgeKind::implicit_input, "implicit_input", "is an input of"},
    EdgeKindName{EdgeKind::ordered_before, "ordered_before", "must be up to date before"},
    EdgeKindName{EdgeKind::header, "header", "is included by"},
    EdgeKindName{EdgeKind::depfile_input, "depfile_input", "is read by"},
    EdgeKindName{EdgeKind::named_in_command, "named_in_command", "is named in the command of"},
    EdgeKindName{EdgeKind::output, "output", "produces"},
    EdgeKindName{EdgeKind::executable, "executable", "is run by"},
    EdgeKindName{EdgeKind::argument, "argument", "is an argument of"},
    EdgeKindName{EdgeKind::environment, "environment", "is in the environment of"},
    EdgeKindName{EdgeKind::below_argument, "below_argument", "lies in a directory given to"},
    EdgeKindName{EdgeKind::required_file, "required_file", "is required by"},
    EdgeKindName{EdgeKind::declared_input, "declared_input", "is a declared input of"},
    EdgeKindName{EdgeKind::discovered_from, "discovered_from", "lists"},
    EdgeKindName{EdgeKind::fixture_setup, "fixture_setup", "sets up a fixture of"},
    EdgeKindName{EdgeKind::fixture_cleanup, "fixture_cleanup", "cleans up a fixture of"},
    EdgeKindName{EdgeKind::depends, "depends", "is depended on by"},
    EdgeKindName{EdgeKind::scanned_header, "scanned_header", "may be included by"},
    EdgeKindName{EdgeKind::module, "module", "provides a module to"},
    EdgeKindName{EdgeKind::possible_module, "possible_module", "may provide a module to"},
    EdgeKindName{EdgeKind::module_output, "module_output", "produces"},
    EdgeKindName{EdgeKind::mentioned, "mentioned", "is mentioned by an input of"},
};

constexpr const EdgeKindName& name_of(EdgeKind kind)
{
  return edge_kind_names[static_cast<std::size_t>(kind)];
}

} // namespace winnow
