// What could be names of files in a text.
#pragma once

#include <string>
#include <vector>

namespace winnow::ingest {

/// The words of the file that consist of what names of files mostly do, directories included, in
/// order and each once. Nothing of a file that cannot be read or is longer than a script or a list
/// would be.
std::vector<std::string> file_words(const std::string& absolute_path);

/// Those of them that stand in lines which begin as an import, include or the like does.
std::vector<std::string> imported_words(const std::string& absolute_path);

} // namespace winnow::ingest
