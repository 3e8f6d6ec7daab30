// What a graph knows of each step, target and test, apart from the edges.
#pragma once

#include "analyzer/model/ids.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

enum class StepKind : std::uint8_t { compile, archive, link, custom, phony, other };

/// How the headers are known that a compile step reads. Stored as one byte: append only.
enum class HeaderList : std::uint8_t {
  not_applicable,
  recorded, ///< by the compiler
  unknown,  ///< any header may be one
  scanned   ///< from the text of the sources: all that may be read, some that may not
};

struct StepRecord {
  StepKind kind = StepKind::other;
  HeaderList headers = HeaderList::not_applicable;
  std::optional<TargetId> target; ///< the CMake target it belongs to
  std::string rule;               ///< the generator's name for it, e.g. CXX_COMPILER__net_Debug
  std::uint64_t fingerprint = 0;  ///< of its expanded command
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
