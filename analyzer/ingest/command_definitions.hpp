// The -D options of a command, apart from the rest of it.
#pragma once

#include "analyzer/ingest/shell_words.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// `-DNAME=VALUE`, however it is quoted, also as `-D NAME=VALUE`.
struct CommandDefinition {
  std::string name;  ///< "VERSION" of CMake's `-DVERSION:STRING=1` as well
  std::string value; ///< all behind the name: "" where nothing is, "=" of an empty value

  bool operator==(const CommandDefinition&) const = default;
};

struct CommandDefinitions {
  std::vector<CommandDefinition> definitions; ///< in the order of the command
  std::string frame; ///< the command with `-DNAME` for each of them; what is quoted stays so
};

/// Those of the command itself: within a quoted command (`sh -c "…"`) none are looked for. `words`
/// are its words.
CommandDefinitions split_definitions(std::string_view command, std::span<const ShellWord> words);

} // namespace winnow::ingest
