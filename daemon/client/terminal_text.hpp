// Outputs of tests made harmless for a terminal.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace winnow::client {

/// Control characters other than tab and line feed are shown, not sent: "\x1b" becomes "\x1b" in
/// words.
std::string escape_controls(std::string_view text);

/// Lines that CI systems would take for commands to them (`::set-output …`, `##vso[…]`) with a
/// blank in the mark, which makes them text.
std::string without_ci_commands(std::string_view text);

/// The columns of the terminal that `out` is, 80 where it does not tell.
std::size_t terminal_columns(std::FILE* out);

/// As much of `text`, UTF-8, as fits into so many columns; every character takes one.
std::string_view first_columns(std::string_view text, std::size_t columns);

/// As a shell would need it to be one word.
std::string shell_quoted(std::string_view word);

} // namespace winnow::client
