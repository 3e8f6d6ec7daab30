// Reads the pins from the sub-builds that FetchContent writes.
#include "daemon/client/reused_content.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view source_suffix = "-src";

/// The values of GIT_TAG, URL and the like in the sub-build's ExternalProject_Add().
std::set<std::string> pins_in(const std::string& list_file)
{
  static constexpr std::string_view options[] = {"GIT_REPOSITORY", "GIT_TAG", "URL", "URL_HASH",
                                                 "URL_MD5"};
  std::set<std::string> pins;
  const Result<std::string> text = ingest::read_text_file(list_file);
  if (text.has_error()) {
    return pins;
  }
  const auto commands = ingest::parse_cmake_script(*text, list_file);
  if (commands.has_error()) {
    return pins;
  }
  for (const ingest::CMakeCommand& command : *commands) {
    for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i) {
      const auto* const option = std::ranges::find(options, command.arguments[i].text);
      if (command.name == "externalproject_add" && option != std::end(options)) {
        pins.insert(command.arguments[i + 1].text);
      }
    }
  }
  return pins;
}

bool stands_in(const std::string& text, const Roots& roots, const std::string& commit)
{
  const Result<change::GitOutput> found =
      change::run_git(roots.source, {"grep", "-q", "-F", "-e", text, commit});
  return found && found->exit_code == 0;
}

} // namespace

std::map<std::string, ingest::CacheEntry> reused_content(const Roots& roots,
                                                         const std::string& base)
{
  std::map<std::string, ingest::CacheEntry> settings;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(roots.build + "/_deps", ignored)) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(source_suffix)) {
      continue;
    }
    name.resize(name.size() - source_suffix.size());
    const std::set<std::string> pins =
        pins_in(roots.build + "/_deps/" + name + "-subbuild/CMakeLists.txt");
    if (pins.empty() || !std::ranges::all_of(pins, [&](const std::string& pin) {
          return stands_in(pin, roots, base);
        })) {
      continue;
    }
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    settings.emplace("FETCHCONTENT_SOURCE_DIR_" + name,
                     ingest::CacheEntry{"PATH", entry.path().string(), {}});
  }
  return settings;
}

} // namespace winnow::client
