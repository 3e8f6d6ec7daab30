// Hashes over the files that match a pattern.
#include "analyzer/model/configure_read.hpp"

#include "analyzer/model/wildcard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace winnow {
namespace {

using What = ConfigureRead::What;

/// By What.
constexpr std::array<std::string_view, 4> what_words{"names", "contents", "commit", "program"};
constexpr std::string_view unknown_word = "-";

/// The text up to `end`, which both are taken off `rest`.
std::string_view taken(std::string_view& rest, char end)
{
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view head = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return head;
}

} // namespace

std::string state_of(const ConfigureRead& read, const SourceState& sources)
{
  if (read.what == What::commit) {
    return hash_content(sources.commit).hex();
  }
  if (read.what == What::program) {
    return hash_content(read.pattern).hex();
  }
  // What can match begins with the part before the first star.
  const std::string_view prefix = std::string_view(read.pattern).substr(0, read.pattern.find('*'));
  std::string seen;
  for (const FileListing* files : {&sources.files, &sources.submodules}) {
    files->for_each_below(prefix, [&](std::string_view path, const ContentHash& hash) {
      if (matches(read.pattern, path)) {
        seen += path;
        seen += read.what == What::contents ? '\0' + hash.hex() : "";
        seen += '\0';
      }
    });
  }
  return hash_content(seen).hex();
}

std::string to_lines(std::span<const ConfigureRead> reads)
{
  std::string lines;
  for (const ConfigureRead& read : reads) {
    lines +=
        fmt::format("{} {} {}\n", what_words[static_cast<std::size_t>(read.what)],
                    read.state.empty() ? unknown_word : std::string_view(read.state), read.pattern);
  }
  return lines;
}

std::vector<ConfigureRead> configure_reads_from(std::string_view lines)
{
  std::vector<ConfigureRead> reads;
  while (!lines.empty()) {
    std::string_view line = taken(lines, '\n');
    const auto what = std::ranges::find(what_words, taken(line, ' '));
    const std::string_view state = taken(line, ' ');
    if (what != what_words.end() && !line.empty()) {
      reads.push_back({static_cast<What>(what - what_words.begin()), std::string(line),
                       state == unknown_word ? std::string() : std::string(state)});
    }
  }
  return reads;
}

} // namespace winnow
