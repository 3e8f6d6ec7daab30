// CMake's rules tell the language; a `-c` tells which of several commands is the compiler's.
#include "analyzer/ingest/compiler_call.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

constexpr std::array<std::string_view, 8> languages{"C",    "CXX", "OBJC", "OBJCXX",
                                                    "CUDA", "HIP", "ASM",  "Fortran"};

/// The part of a rule's name by which CMake says what it compiles.
std::string_view language_of(std::string_view rule)
{
  return rule.substr(0, rule.find("_COMPILER__"));
}

/// The words around the compiler's, and the directory it runs in.
const DirectoryWords& compiler_words(std::span<const DirectoryWords> command)
{
  const auto compiles = std::ranges::find_if(command, [](const DirectoryWords& group) {
    return std::ranges::find(group.words, "-c") != group.words.end();
  });
  return compiles == command.end() ? command.back() : *compiles;
}

} // namespace

std::optional<CompilerCall> compiler_call(std::string_view rule,
                                          std::span<const DirectoryWords> command)
{
  const std::string_view language = language_of(rule);
  if (std::ranges::find(languages, language) == languages.end()) {
    return std::nullopt;
  }
  const DirectoryWords& group = compiler_words(command);
  return CompilerCall{std::string(language), group.directory,
                      include_arguments(group.words, group.directory,
                                        [](const std::string& path) -> std::optional<std::string> {
                                          const Result<std::string> text = read_text_file(path);
                                          return text ? std::optional(*text) : std::nullopt;
                                        })};
}

} // namespace winnow::ingest
