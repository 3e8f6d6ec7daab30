// Graph paths and names as people read them, and as JSON can hold them.
//
// For people `@build/net/url.pb.h` is `build/net/url.pb.h`, whatever the build directory is called:
// the graph does not know, and the word says what matters. Documents keep the graph path.
#pragma once

#include <string>
#include <string_view>

namespace winnow::report {

/// One line for a terminal: bytes that are not UTF-8 and control characters are percent-encoded.
std::string path_text(std::string_view graph_path);

/// The part of `path_text` after the last slash.
std::string short_path_text(std::string_view graph_path);

/// The same protection for any other text that comes from a project, such as a test's name.
std::string name_text(std::string_view name);

bool is_utf8(std::string_view bytes);

/// `bytes` itself if it is UTF-8. Otherwise every byte that is not part of a UTF-8 sequence, and
/// every `%`, becomes `%XX`.
std::string utf8_or_percent(std::string_view bytes);

/// `bytes` with U+FFFD for each that is not part of a UTF-8 sequence: of what nobody reads back.
std::string utf8_or_replaced(std::string_view bytes);

/// The bytes that percent-encoding stands for; `%` without two hexadecimal digits stays.
std::string from_percent(std::string_view encoded);

} // namespace winnow::report
