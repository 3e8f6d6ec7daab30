// What changed in the text of CMake code, and which lines of it a target comes from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// Lines count from 1.
struct CMakePlace {
  std::string file; ///< graph path
  std::uint32_t line = 0;

  bool operator==(const CMakePlace&) const = default;
};

/// A run of lines of head that base does not have. Where `count` is 0 lines are only gone, those
/// that stood behind line `first`.
struct ChangedLines {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::string text; ///< the lines that are gone, then the new ones

  bool operator==(const ChangedLines&) const = default;
};

/// One command of a CMake file, with the lines it stands on.
struct CommandLines {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::string text; ///< "name(argument argument", arguments as they are evaluated
};

/// A changed file that configuring reads.
struct EditedFile {
  std::string path;                   ///< graph path
  std::vector<ChangedLines> changes;  ///< in file order; none where git cannot compare lines
  std::vector<CommandLines> commands; ///< in file order; none where the file is no CMake code
};

/// What of a target a CMake command states.
enum class TargetPart { definition, compiling, source, linking, dependency };

struct PlacedPart {
  TargetPart part = TargetPart::definition;
  std::string source; ///< graph path, of a source
  /// The command, then the calls that led to it: of the function or the included file it stands in.
  std::vector<CMakePlace> calls;
};

/// Where CMake says that the parts of one target come from.
struct TargetPlaces {
  std::vector<PlacedPart> parts;         ///< in CMake's order, each place of a part once
  std::vector<std::string> dependencies; ///< names of targets
};

} // namespace winnow
