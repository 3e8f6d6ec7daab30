// Text within a page.
#pragma once

#include <string>
#include <string_view>

namespace winnow::report {

/// Any bytes as text of a page; control characters become their pictures.
std::string html_text(std::string_view bytes);

} // namespace winnow::report
