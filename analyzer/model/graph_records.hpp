// What a graph knows of each step, target and test, apart from the edges.
#pragma once

#include "analyzer/model/ids.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// Stored as one byte: append only.
enum class StepKind : std::uint8_t {
  compile,
  archive,
  link,
  custom,
  phony,
  other,
  scan ///< finds out which modules sources provide and use, or collects what was found
};

/// How the headers are known that a compile step reads. Stored as one byte: append only.
enum class HeaderList : std::uint8_t {
  not_applicable,
  recorded, ///< by the compiler
  unknown,  ///< any header may be one
  scanned   ///< from the text of the sources: all that may be read, some that may not
};

/// Where compile steps look for what they include; equal lists are stored once.
struct SearchRecord {
  std::vector<std::string> directories; ///< graph paths in the order of the search; "": the source
                                        ///< root, "@build": the build root
  std::uint32_t first_angled = 0;       ///< those before it are for "…" only

  auto operator<=>(const SearchRecord&) const = default;
};

/// A `-DNAME=VALUE` of a command.
struct DefinitionRecord {
  std::string name;
  std::uint64_t value = 0; ///< its fingerprint; one that has none differs from an empty one
  std::vector<std::string> directories; ///< of the sources, that the value names: graph paths

  auto operator<=>(const DefinitionRecord&) const = default;
};

/// How the name in an include directive is sought, or what else a name in a text is. Stored as one
/// byte: append only.
enum class NameForm : std::uint8_t {
  quoted,   ///< beside the file it stands in, then along all directories
  angled,   ///< along the directories from the first for <…> on
  anywhere, ///< as quoted, but what is found first does not end the search
  whole,    ///< it is a graph path
  computed, ///< nobody can tell; the name is empty
  literal,  ///< no directive: the key of a name in a string literal (literal_key.hpp)
  word      ///< no directive: a key of what a command, test, script or literal says (said_key.hpp)
};

struct StepRecord {
  StepKind kind = StepKind::other;
  HeaderList headers = HeaderList::not_applicable;
  std::optional<TargetId> target; ///< the CMake target it belongs to
  std::string rule;               ///< the generator's name for it, e.g. CXX_COMPILER__net_Debug
  std::uint64_t fingerprint = 0;  ///< of its expanded command
  std::optional<SearchId> search; ///< of a compile step whose language's includes are understood
  std::uint64_t frame_fingerprint = 0; ///< of the command without the values of its definitions
  std::optional<DefinitionsId> definitions; ///< of a command that has some
  bool built_by_default =
      false; ///< of a custom command: whether ninja runs it if asked for nothing
};

struct TargetRecord {
  std::string name;
  std::string type;      ///< as CMake spells it: EXECUTABLE, STATIC_LIBRARY, INTERFACE_LIBRARY, …
  std::string directory; ///< where it is defined, graph path
  std::vector<FileId> artifacts;
};

/// How sure it is that the edges of a test are all its inputs.
enum class Mapping : std::uint8_t {
  mapped,  ///< at least one edge from a program, script or file
  unmapped ///< none: the test is always selected
};

struct TestRecord {
  TestKey key;
  Mapping mapping = Mapping::unmapped;
  TestOrigin origin = TestOrigin::declared;
  std::uint64_t fingerprint = 0; ///< of its command and outcome-relevant properties
  std::string source_directory;  ///< graph path of the directory whose CMakeLists.txt defines it
  std::string defined_at;        ///< "file:line"; "" if not known
  std::vector<TargetId> targets; ///< whose artifacts it runs or is given
};

/// Where and how the graph was recorded, one line each but for the last.
struct GraphOrigin {
  std::string project;
  std::string commit;        ///< of HEAD then; "" outside git
  std::string generator;     ///< CMAKE_GENERATOR
  std::string configuration; ///< build type; "" if none
  std::string compiler;      ///< identities, versions and paths of all languages, one line
  std::string build_stamp;   ///< changes whenever the build tree may describe another graph
  std::string winnow_version;
  std::string configure_reads; ///< as configure_read.hpp has them
};

} // namespace winnow
