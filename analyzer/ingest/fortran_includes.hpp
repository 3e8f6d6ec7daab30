// The include lines of Fortran, which no preprocessor sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// The names in lines like `include 'a.inc'`, in file order, whatever surrounds them. Any bytes are
/// accepted; time is linear in their number.
std::vector<std::string> fortran_includes_in(std::string_view text);

/// Whether such lines may count in a file of that name: other languages have their own extensions.
bool may_be_fortran(std::string_view path);

} // namespace winnow::ingest
