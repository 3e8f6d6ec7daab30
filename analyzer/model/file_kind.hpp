// What a file may be to a compiler, judged by its name.
#pragma once

#include <string_view>

namespace winnow {

enum class FileKind {
  source,        ///< a translation unit
  header,        ///< made to be included, or without any extension
  script,        ///< run by an interpreter, never read by a compiler
  configuration, ///< read by CMake or by a package manager it calls
  other
};

FileKind file_kind(std::string_view path);

/// Whether a header of that name may as well be something else: it has no extension, or a table's.
bool may_be_no_header(std::string_view path);

/// The part of a path after its last slash.
std::string_view base_name(std::string_view path);

/// The part of a name after its last dot; "" for names without one, or with one in front only.
std::string_view extension_of(std::string_view path);

/// The part of a path before its last slash; "" for a bare name.
std::string_view directory_of(std::string_view path);

} // namespace winnow
