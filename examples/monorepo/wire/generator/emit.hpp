// C++ for the messages of a schema.
#pragma once

#include <string>
#include <vector>

#include "generator/schema.hpp"

namespace isobar::wire {

/// A struct for each message, with declarations of encode() and decode_as().
std::string emit_header(const std::vector<Message>& messages);

/// Their definitions; `header` is what the source includes.
std::string emit_source(const std::vector<Message>& messages, const std::string& header);

} // namespace isobar::wire
