// The rows of a graph image from elsewhere, checked one by one.
#pragma once

#include <string>

namespace winnow {

struct GraphBytes;

/// What makes a row unusable: a number that names nothing, a string outside of the strings, an
/// order that lookups rely on and that is broken; "" if nothing does. The sections are bound.
/// Linear in the image; a checksum tells an accident, this also tells a forgery.
std::string fault_in_rows(const GraphBytes& image);

} // namespace winnow
