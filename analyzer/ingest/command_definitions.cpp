// Cuts the words that define something out of a command.
#include "analyzer/ingest/command_definitions.hpp"

#include "analyzer/ingest/shell_scanner.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace winnow::ingest {
namespace {

constexpr std::string_view option = "-D";

CommandDefinition definition_from(std::string_view text)
{
  const std::size_t name_size = std::min(text.find_first_of("=:"), text.size());
  return {std::string(text.substr(0, name_size)), std::string(text.substr(name_size))};
}

} // namespace

CommandDefinitions split_definitions(std::string_view command)
{
  CommandDefinitions split;
  std::size_t kept = 0; // up to here the frame has the command
  ShellScanner scanner(command);
  while (std::optional<std::string> word = scanner.next()) {
    if (!word->starts_with(option)) {
      continue;
    }
    const std::size_t begin = scanner.begin();
    if (*word == option) {
      word = scanner.next();
      if (!word || is_operator(*word)) {
        continue;
      }
      word->insert(0, option);
    }
    split.definitions.push_back(definition_from(std::string_view(*word).substr(option.size())));
    split.frame += command.substr(kept, begin - kept);
    split.frame += option;
    split.frame += split.definitions.back().name;
    kept = scanner.end();
  }
  split.frame += command.substr(kept);
  return split;
}

} // namespace winnow::ingest
