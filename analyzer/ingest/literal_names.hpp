// The names in string literals by which a program may open files.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace winnow::ingest {

/// Where a literal stands: behind `/`, an operator that joins paths, or anywhere else.
enum class LiteralPlace { behind_slash, anywhere };

/// Calls visit(key) with what the text between the quotes may name, the last component of each
/// path in it, and the tools whose programs it names. "case%d.txt", "{}.txt" and ".txt" all name
/// ".txt"; a directory, or a file without an extension, is one only in a path.
void find_names_in_literal(std::string_view content, LiteralPlace place,
                           const std::function<void(std::string)>& visit);

} // namespace winnow::ingest
