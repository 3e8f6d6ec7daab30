// Two tables: of files, and of programs.
#include "analyzer/model/foreign_tool.hpp"

#include "analyzer/model/wildcard.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

namespace winnow {
namespace {

struct ForeignFile {
  std::string_view pattern; ///< of a file's name
  std::string_view tool;
};

constexpr std::array foreign_files{
    ForeignFile{"*.py", "python"},
    ForeignFile{"*.pyi", "python"},
    ForeignFile{"*.ipynb", "python"},
    ForeignFile{"requirements*.txt", "python"},
    ForeignFile{"requirements*.in", "python"},
    ForeignFile{"pyproject.toml", "python"},
    ForeignFile{"setup.cfg", "python"},
    ForeignFile{"tox.ini", "python"},
    ForeignFile{"Pipfile", "python"},
    ForeignFile{"Pipfile.lock", "python"},
    ForeignFile{"poetry.lock", "python"},
    ForeignFile{"uv.lock", "python"},
    ForeignFile{".python-version", "python"},
    ForeignFile{"*.rs", "cargo"},
    ForeignFile{"Cargo.toml", "cargo"},
    ForeignFile{"Cargo.lock", "cargo"},
    ForeignFile{"rust-toolchain", "cargo"},
    ForeignFile{"rust-toolchain.toml", "cargo"},
    ForeignFile{"rustfmt.toml", "cargo"},
    ForeignFile{"clippy.toml", "cargo"},
    ForeignFile{"*.go", "go"},
    ForeignFile{"go.mod", "go"},
    ForeignFile{"go.sum", "go"},
    ForeignFile{"go.work", "go"},
    ForeignFile{"*.java", "java"},
    ForeignFile{"*.kt", "java"},
    ForeignFile{"*.kts", "java"},
    ForeignFile{"*.scala", "java"},
    ForeignFile{"*.gradle", "java"},
    ForeignFile{"pom.xml", "java"},
    ForeignFile{"gradle.properties", "java"},
    ForeignFile{"*.js", "node"},
    ForeignFile{"*.mjs", "node"},
    ForeignFile{"*.cjs", "node"},
    ForeignFile{"*.jsx", "node"},
    ForeignFile{"*.ts", "node"},
    ForeignFile{"*.tsx", "node"},
    ForeignFile{"package.json", "node"},
    ForeignFile{"package-lock.json", "node"},
    ForeignFile{"yarn.lock", "node"},
    ForeignFile{"pnpm-lock.yaml", "node"},
    ForeignFile{"tsconfig*.json", "node"},
    ForeignFile{"*.swift", "swift"},
    ForeignFile{"Package.resolved", "swift"},
    ForeignFile{"*.cs", "dotnet"},
    ForeignFile{"*.csproj", "dotnet"},
};

struct Program {
  std::string_view name; ///< lower-case, without a version
  std::string_view tool;
};

constexpr std::array programs{
    Program{"pip", "python"},      Program{"pytest", "python"},     Program{"py.test", "python"},
    Program{"tox", "python"},      Program{"nox", "python"},        Program{"pypy", "python"},
    Program{"uv", "python"},       Program{"poetry", "python"},     Program{"conda", "python"},
    Program{"jupyter", "python"},  Program{"cargo", "cargo"},       Program{"rustc", "cargo"},
    Program{"rustup", "cargo"},    Program{"corrosion", "cargo"},   Program{"go", "go"},
    Program{"gofmt", "go"},        Program{"java", "java"},         Program{"javac", "java"},
    Program{"jar", "java"},        Program{"mvn", "java"},          Program{"gradle", "java"},
    Program{"gradlew", "java"},    Program{"kotlin", "java"},       Program{"kotlinc", "java"},
    Program{"scala", "java"},      Program{"sbt", "java"},          Program{"node", "node"},
    Program{"nodejs", "node"},     Program{"npm", "node"},          Program{"npx", "node"},
    Program{"yarn", "node"},       Program{"pnpm", "node"},         Program{"deno", "node"},
    Program{"bun", "node"},        Program{"tsc", "node"},          Program{"swift", "swift"},
    Program{"swiftc", "swift"},    Program{"dotnet", "dotnet"},     Program{"mono", "dotnet"},
    Program{"msbuild", "dotnet"},  Program{"csc", "dotnet"},        Program{"cmake", "cmake"},
    Program{"ctest", "cmake"},     Program{"cpack", "cmake"},       Program{"ccmake", "cmake"},
    Program{"cmake-gui", "cmake"}, Program{"cmake_ctest", "cmake"},
};

/// Of a variable that holds a program.
constexpr std::array<std::string_view, 4> variable_endings{"_executable", "_command", "_program",
                                                           "_bin"};

/// Nearly all patterns are an ending or a whole name.
bool is_called(std::string_view name, std::string_view pattern)
{
  const std::size_t star = pattern.find('*');
  return star == 0                        ? name.ends_with(pattern.substr(1))
         : star == std::string_view::npos ? name == pattern
                                          : matches(pattern, name);
}

std::string_view without_version(std::string_view name)
{
  return name.substr(0, name.find_last_not_of("0123456789.-_") + 1);
}

} // namespace

std::string_view foreign_tool_of(std::string_view path)
{
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const auto* found = std::ranges::find_if(
      foreign_files, [&](const ForeignFile& file) { return is_called(name, file.pattern); });
  return found == foreign_files.end() ? std::string_view() : found->tool;
}

std::string_view tool_in(std::string_view word)
{
  constexpr std::size_t longest = 64;
  word.remove_prefix(word.rfind('/') + 1);
  if (word.size() < 2 || word.size() > longest) {
    return {};
  }
  std::string name(word);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (name.find("python") != std::string::npos) {
    return "python";
  }
  std::string_view bare = name;
  if (bare.ends_with(".exe")) {
    bare.remove_suffix(4);
  }
  for (const std::string_view ending : variable_endings) {
    if (bare.ends_with(ending)) {
      bare.remove_suffix(ending.size());
    }
  }
  bare = without_version(bare);
  const auto* found = std::ranges::find(programs, bare, &Program::name);
  return found == programs.end() ? std::string_view() : found->tool;
}

} // namespace winnow
