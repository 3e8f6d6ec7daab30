// The tests a change can affect, and why.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/ids.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/test_description.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class ReasonKind {
  changed_file,    ///< the chain leads from a changed file to the test
  unknown_headers, ///< the chain leads from a step whose headers are not recorded; a header changed
  shadowed_header, ///< a header of a name that a step reads appeared or vanished; from that step
  given_directory, ///< a file appeared in or vanished from a directory that the test is given
  told_directory,  ///< a file changed in a directory that a definition names; from that step
  named_in_source, ///< a file changed whose name, or a part of it, a source has; from that source
  beside_input, ///< a file that nothing knows changed beside an input of a command; from that step
  same_part,    ///< by a rule the test is in the part of a changed file that nothing knows, or
                ///< of a plugin or program that nobody uses
  staged_file,  ///< the same of data of which the build makes something that nobody uses; the
                ///< chain ends there
  same_submodule,  ///< a file that nothing knows changed in a submodule; from another file of it
  changed_command, ///< from a step whose command is not what it was at base
  changed_inputs,  ///< from a step that is new, or made of other files than at base
  changed_configured_file, ///< from a file that configuring wrote or fetched with another content
  changed_test, ///< from a test whose command or properties are not what they were at base
  new_test,     ///< base does not have the test, or the graph does not know it
  unmapped,     ///< nothing is known of what the test runs
  companion,    ///< the setup, cleanup or DEPENDS of a selected test
  not_green,    ///< its last known verdict is no pass
  no_green,     ///< there is no state to compare with at which it passed
  fallback,     ///< everything is selected
  project_rule, ///< a rule of winnow.json says that the changed file affects the test
  depends_on    ///< the test depends on a target that was asked for; the chain leads from what that
                ///< target, or one that links it, makes or declares
};

struct ReasonKindName {
  ReasonKind kind;
  std::string_view name;
};

inline constexpr std::array reason_kind_names{
    ReasonKindName{ReasonKind::changed_file, "changed_file"},
    ReasonKindName{ReasonKind::unknown_headers, "unknown_headers"},
    ReasonKindName{ReasonKind::shadowed_header, "shadowed_header"},
    ReasonKindName{ReasonKind::given_directory, "given_directory"},
    ReasonKindName{ReasonKind::told_directory, "told_directory"},
    ReasonKindName{ReasonKind::named_in_source, "named_in_source"},
    ReasonKindName{ReasonKind::beside_input, "beside_input"},
    ReasonKindName{ReasonKind::same_part, "same_part"},
    ReasonKindName{ReasonKind::staged_file, "staged_file"},
    ReasonKindName{ReasonKind::same_submodule, "same_submodule"},
    ReasonKindName{ReasonKind::changed_command, "changed_command"},
    ReasonKindName{ReasonKind::changed_inputs, "changed_inputs"},
    ReasonKindName{ReasonKind::changed_configured_file, "changed_configured_file"},
    ReasonKindName{ReasonKind::changed_test, "changed_test"},
    ReasonKindName{ReasonKind::new_test, "new_test"},
    ReasonKindName{ReasonKind::unmapped, "unmapped"},
    ReasonKindName{ReasonKind::companion, "companion"},
    ReasonKindName{ReasonKind::not_green, "not_green"},
    ReasonKindName{ReasonKind::no_green, "no_green"},
    ReasonKindName{ReasonKind::fallback, "fallback"},
    ReasonKindName{ReasonKind::project_rule, "project_rule"},
    ReasonKindName{ReasonKind::depends_on, "depends_on"},
};

constexpr std::string_view name_of(ReasonKind kind)
{
  return reason_kind_names[static_cast<std::size_t>(kind)].name;
}

/// Why one test is selected. `file` is the changed graph path the reason starts at, if there is
/// one; `chain` leads from it (or from a companion) to the test, empty where no edge tells. Where
/// the configuration differs from base's, the chain begins at the step, file or test that does, and
/// `file` is the changed file of the configuration that explains it best.
struct Reason {
  ReasonKind kind = ReasonKind::fallback;
  std::string file;
  std::vector<ChainLink> chain;
  std::string defined_at; ///< "file:line" of the CMake code, "" if not known; the file is `file`
  std::string rule; ///< the one that selects: of winnow.json its place, else a shipped one's name
  std::string because = {}; ///< what keeps the test from being compared; "" where it was
  std::string target = {};  ///< of depends_on: the one that was asked for
  std::string user = {}; ///< of depends_on: the target by which it links that, "" if a file tells
};

struct SelectedTest {
  TestId test;
  std::vector<Reason> reasons; ///< at least one; the strongest first
};

enum class FallbackCause {
  cmake_input_changed,
  unknown_file,
  compiler_changed,
  rule,
  history_unreadable
};

struct FallbackCauseName {
  FallbackCause cause;
  std::string_view name;
  std::string_view phrase;
};

inline constexpr std::array fallback_cause_names{
    FallbackCauseName{FallbackCause::cmake_input_changed, "cmake_input_changed",
                      "a file that CMake reads while configuring changed"},
    FallbackCauseName{FallbackCause::unknown_file, "unknown_file",
                      "a file changed that the graph knows nothing about"},
    FallbackCauseName{FallbackCause::compiler_changed, "compiler_changed",
                      "the compiler is not the one the graph was recorded with"},
    FallbackCauseName{FallbackCause::rule, "rule",
                      "a rule says that a changed file affects every test"},
    FallbackCauseName{FallbackCause::history_unreadable, "history_unreadable",
                      "which tests failed last cannot be read"},
};

constexpr const FallbackCauseName& name_of(FallbackCause cause)
{
  return fallback_cause_names[static_cast<std::size_t>(cause)];
}

/// "Everything is affected", with its cause and the files that are it.
struct Fallback {
  FallbackCause cause = FallbackCause::unknown_file;
  std::vector<std::string> paths;
  std::string because; ///< what kept the cause from being judged more closely; "" if nothing could
  std::string rule;    ///< the first one that says so, if one does
};

/// A changed file of which a rule says that it cannot matter.
struct IgnoredFile {
  std::string path;
  std::string rule;
  /// The names that were asked for in vain (said_key.hpp); empty where the rule asks for none.
  std::vector<std::string> unnamed = {};
};

/// A state of the sources at which some tests last passed.
struct LastGreen {
  std::string commit;
  bool is_clean = true;  ///< nothing was uncommitted
  std::size_t group = 0; ///< whose change these tests were judged by
};

/// What the tests of a selection are compared with where each has a base of its own.
struct SinceLastGreen {
  struct Group {
    Change change;
    std::vector<IgnoredFile> ignored;
  };

  std::vector<Group> groups;
  std::vector<LastGreen> states;
  std::vector<std::optional<std::size_t>> state_of; ///< by test: index into states
};

/// The targets whose dependents were asked for.
struct AskedDependents {
  std::vector<std::string> targets;
  /// Whether a change was asked for as well: then only what both select is selected.
  bool among_affected = false;
  std::vector<TestId> own_left_out; ///< tests of the targets themselves; ordered by id
  std::vector<TestId> independent;  ///< that the change affects; ordered by id
};

/// Ids are of the graph it was made with.
struct Selection {
  Change change; ///< of all groups together, where tests have bases of their own
  std::optional<Fallback> fallback;
  std::vector<SelectedTest> tests;  ///< ordered by id, that is by key
  std::vector<IgnoredFile> ignored; ///< in the order of the change
  /// Changed files of which a rule selects only those tests of their part that may know one of the
  /// names.
  std::vector<IgnoredFile> narrowed = {};
  std::vector<TestKey> new_tests; ///< listed now but not in the graph: selected, as new_test
  std::vector<TargetId> targets;  ///< what must be built for them, ordered by id
  std::vector<std::string> configured_by;         ///< the changed paths that configuring reads
  std::optional<SinceLastGreen> since_last_green; ///< unset where all have the same base
  std::optional<AskedDependents> dependents = {}; ///< unset where only a change was asked for
};

/// Null where the test is not selected.
inline const SelectedTest* find_selected(const Selection& selection, TestId test)
{
  const auto found = std::ranges::lower_bound(selection.tests, test, {}, &SelectedTest::test);
  return found != selection.tests.end() && found->test == test ? &*found : nullptr;
}

/// The state that the test is compared with, if it has one of its own.
inline const LastGreen* last_green_of(const Selection& selection, TestId test)
{
  if (!selection.since_last_green) {
    return nullptr;
  }
  const std::optional<std::size_t>& state = selection.since_last_green->state_of[test.value];
  return state ? &selection.since_last_green->states[*state] : nullptr;
}

} // namespace winnow
