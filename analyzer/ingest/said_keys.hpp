// What commands and scripts say of files, in the keys of said_key.hpp.
#pragma once

#include "analyzer/model/roots.hpp"

#include <functional>
#include <string_view>

namespace winnow::ingest {

enum class TextForm {
  shell, ///< a command, or a script for one: a bare `*` is a list of files
  other
};

/// Whether a key of a literal is the name, or the extension, of a script.
bool names_script(std::string_view literal);

/// Calls visit(key) with what a text in whatever language says: each name of a script as it is,
/// each name of a source, of a file for CMake or of another language, each component of a path that
/// could be a directory, whether or not there is such a one, each tool, and any_file for words of
/// searching, for `*` where no extension follows, for what lies above, and for the root of the
/// sources. Of a path in the build tree only the last component counts. Comment lines that begin
/// with `#` say nothing.
void find_keys_in_text(std::string_view text, TextForm form, const Roots& roots,
                       const std::function<void(std::string_view)>& visit);

} // namespace winnow::ingest
