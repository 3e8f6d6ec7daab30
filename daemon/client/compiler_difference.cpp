// Compares times first, versions where they leave a doubt.
#include "daemon/client/compiler_difference.hpp"

#include "daemon/client/program.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// One language of BuildTree::compiler: "CXX GNU 12.2.0 /usr/bin/c++".
struct Compiler {
  std::string language;
  std::string id;
  std::string version;
  std::string path;
};

std::optional<Compiler> compiler_from(std::string_view line)
{
  std::string words[3];
  for (std::string& word : words) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) {
      return std::nullopt;
    }
    word = line.substr(0, space);
    line.remove_prefix(space + 1);
  }
  return Compiler{words[0], words[1], words[2], std::string(line)};
}

std::vector<Compiler> compilers_of(std::string_view lines)
{
  static constexpr std::string_view separator = "; ";
  std::vector<Compiler> compilers;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find(separator), lines.size());
    if (const auto compiler = compiler_from(lines.substr(0, end))) {
      compilers.push_back(*compiler);
    }
    lines.remove_prefix(std::min(end + separator.size(), lines.size()));
  }
  return compilers;
}

/// When CMake detected the compiler; 0 if that is not known.
std::int64_t detected_s(const std::string& build, const std::string& language)
{
  std::int64_t latest = 0;
  std::error_code ignored;
  for (const fs::directory_entry& version :
       fs::directory_iterator(build + "/CMakeFiles", ignored)) {
    struct stat status {};

    const std::string file = version.path().string() + "/CMake" + language + "Compiler.cmake";
    if (::stat(file.c_str(), &status) == 0) {
      latest = std::max<std::int64_t>(latest, status.st_mtim.tv_sec);
    }
  }
  return latest;
}

/// CMake asks the compiler some time before it writes down what it found, and both times are whole
/// seconds here: what changed shortly before counts, too. A wrong yes costs one call of it.
constexpr std::int64_t detection_takes_s = 60;

bool may_be_replaced_since(const std::string& compiler, std::int64_t detected_at_s)
{
  struct stat status {};

  return ::stat(compiler.c_str(), &status) == 0 &&
         status.st_ctim.tv_sec >= detected_at_s - detection_takes_s;
}

/// "" for compilers whose options are not known here.
std::string version_now(const Compiler& compiler)
{
  std::vector<std::string> command{compiler.path};
  if (compiler.id == "GNU") {
    command.emplace_back("-dumpfullversion"); // -dumpversion alone may say 12 for 12.2.0
  }
  command.emplace_back("-dumpversion");
  const bool known = compiler.id == "GNU" || compiler.id.ends_with("Clang");
  const Result<std::string> output = known ? program_output(command) : std::string();
  return output ? *output : std::string();
}

} // namespace

std::string compiler_difference(const ingest::BuildTree& tree)
{
  for (const Compiler& compiler : compilers_of(tree.compiler)) {
    const std::int64_t detected = detected_s(tree.roots.build, compiler.language);
    if (detected == 0 || !may_be_replaced_since(compiler.path, detected)) {
      continue;
    }
    const std::string now = version_now(compiler);
    if (!now.empty() && now != compiler.version) {
      return fmt::format("{} is version {} now, and the build tree was configured with {}; "
                         "configure it from scratch",
                         compiler.path, now, compiler.version);
    }
  }
  return {};
}

} // namespace winnow::client
