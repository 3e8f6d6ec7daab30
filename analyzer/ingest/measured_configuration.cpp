// Looks for sanitizers and coverage in a cache.
#include "analyzer/ingest/measured_configuration.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

namespace winnow::ingest {
namespace {

std::string upper(std::string_view text)
{
  std::string result(text);
  for (char& letter : result) {
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return result;
}

/// Whether a word of the name, between underscores, is about instrumented programs.
bool is_named_for_instrumentation(std::string_view name)
{
  constexpr std::array words{"ASAN", "LSAN", "MSAN", "TSAN", "UBSAN", "COVERAGE"};
  const std::string whole = upper(name) + "_";
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = whole.find('_', begin);
    const std::string_view word = std::string_view(whole).substr(begin, end - begin);
    if (word.starts_with("SANITIZE") || std::ranges::find(words, word) != words.end()) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

bool is_off(std::string_view value)
{
  constexpr std::array words{"", "0", "OFF", "NO", "FALSE", "N", "NONE", "IGNORE", "NOTFOUND"};
  const std::string text = upper(value);
  return std::ranges::find(words, text) != words.end() || text.ends_with("-NOTFOUND");
}

void add_flags(std::string_view flags, std::set<std::string>& found)
{
  while (!flags.empty()) {
    const std::size_t length = std::min(flags.find(' '), flags.size());
    const std::string_view flag = flags.substr(0, length);
    if (flag.starts_with("-fsanitize=") || flag == "--coverage" || flag == "-fprofile-arcs" ||
        flag == "-fprofile-instr-generate") {
      found.emplace(flag);
    }
    flags.remove_prefix(std::min(length + 1, flags.size()));
  }
}

} // namespace

std::string measured_configuration(const CMakeCache& cache)
{
  std::string configuration = value_of(cache, "CMAKE_BUILD_TYPE");
  const std::string of_type = "_" + upper(configuration);
  std::set<std::string> found;
  for (const auto& [name, entry] : cache) {
    if (!is_setting(entry)) {
      continue;
    }
    if (name.starts_with("CMAKE_") && name.find("_FLAGS") != std::string::npos) {
      if (name.ends_with("_FLAGS") || name.ends_with("_FLAGS" + of_type)) {
        add_flags(entry.value, found);
      }
    } else if (is_named_for_instrumentation(name) && !is_off(entry.value) &&
               entry.type != "FILEPATH" && entry.type != "PATH") {
      found.insert(name + "=" + entry.value);
    }
  }
  for (const std::string& setting : found) {
    configuration += (configuration.empty() ? "" : " ") + setting;
  }
  return configuration;
}

} // namespace winnow::ingest
