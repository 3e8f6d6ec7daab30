// Outputs of tests made harmless for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace winnow::client {

/// Control characters other than tab and line feed are shown, not sent: "\x1b" becomes "\x1b" in
/// words.
std::string escape_controls(std::string_view text);

/// As a shell would need it to be one word.
std::string shell_quoted(std::string_view word);

} // namespace winnow::client
