// How a file that Winnow wrote is told from the sources it may lie among.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow {

/// What every JSON document begins with.
inline constexpr std::string_view json_beginning = R"({"kind":"winnow.)";

/// A comment at the top of JUnit documents, but those in ctest's dialects.
inline constexpr std::string_view junit_mark = "<!-- Written by winnow -->";

/// What pages begin with, and pipelines for CI systems.
inline constexpr std::string_view page_beginning = "<!doctype html>\n<!-- Written by winnow -->\n";
inline constexpr std::string_view pipeline_beginning = "# Written by winnow for the plan ";

/// So much of a file tells.
inline constexpr std::size_t telling_bytes = 96;

/// Whether a file that begins so is one of Winnow's documents: JSON, JUnit, a page, a pipeline, a
/// graph. They say something about sources and are none, unless somebody tracks them.
bool is_own_document(std::string_view beginning);

} // namespace winnow
