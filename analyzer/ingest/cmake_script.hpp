// Splits CMake code into command invocations, without evaluating anything.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

enum class ArgumentForm : std::uint8_t { unquoted, quoted, bracket };

/// One argument with its escapes resolved. Bracket arguments know neither escapes nor references.
/// An escaped semicolon of an unquoted argument stays `\;`, as it does in CMake.
struct CMakeArgument {
  std::string text;
  ArgumentForm form = ArgumentForm::unquoted;
  std::vector<std::uint32_t>
      references; ///< where in `text` an unescaped `${`, `$ENV{` or `$CACHE{` begins
  /// Where no policy is set, versions of CMake read it apart (CMP0053), or it is of an older form:
  /// `text` is what the newest make of it.
  bool varies = false;
};

/// `name` is lower-case: command names ignore case. Parentheses inside the arguments, as conditions
/// have them, are unquoted arguments of their own.
struct CMakeCommand {
  std::string name;
  std::vector<CMakeArgument> arguments;
  std::uint32_t line = 0;      ///< of the name, counts from 1
  std::uint32_t last_line = 0; ///< of the parenthesis that closes it
};

/// The invocations in file order. A data error names `path` and the line where the text stops being
/// CMake code.
Result<std::vector<CMakeCommand>> parse_cmake_script(std::string_view text,
                                                     const std::string& path);

} // namespace winnow::ingest
