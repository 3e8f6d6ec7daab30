// Cuts the words that define something out of a command.
#include "analyzer/ingest/command_definitions.hpp"

#include <algorithm>
#include <cstddef>

namespace winnow::ingest {
namespace {

constexpr std::string_view option = "-D";

CommandDefinition definition_from(std::string_view text)
{
  const std::size_t name_size = std::min(text.find_first_of("=:"), text.size());
  return {std::string(text.substr(0, name_size)), std::string(text.substr(name_size))};
}

} // namespace

CommandDefinitions split_definitions(std::string_view command, std::span<const ShellWord> words)
{
  CommandDefinitions split;
  std::size_t kept = 0; // up to here the frame has the command
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (!word->text.starts_with(option)) {
      continue;
    }
    const std::size_t begin = word->begin;
    std::string_view definition = std::string_view(word->text).substr(option.size());
    if (definition.empty()) {
      if (++word == words.end()) {
        break;
      }
      if (is_operator(word->text)) {
        continue;
      }
      definition = word->text;
    }
    split.definitions.push_back(definition_from(definition));
    split.frame += command.substr(kept, begin - kept);
    split.frame += option;
    split.frame += split.definitions.back().name;
    kept = word->end;
  }
  split.frame += command.substr(kept);
  return split;
}

} // namespace winnow::ingest
