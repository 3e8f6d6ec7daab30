// discover_tests() of CMake 4.4, for a CMake that evaluates CTest files in ctest's place.
#pragma once

#include <string_view>

namespace winnow::ingest {

/// Defines discover_tests(), which runs a program and adds a test for each line that matches, as
/// recorded calls of add_test() and set_tests_properties() (cmake_recording.hpp). A program that is
/// not built yet gets the placeholder that placeholder_tests.hpp knows; ctest refuses all tests
/// then.
///
/// Made from CMake's documentation; no ctest that has the command was at hand to compare with.
extern const std::string_view discover_tests_function;

} // namespace winnow::ingest
