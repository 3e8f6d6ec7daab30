// Tests whose program is asked for its cases only before tests run (DISCOVERY_MODE PRE_TEST).
#pragma once

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/model/test_description.hpp"

namespace winnow::ingest {

/// What gtest_discover_tests() and its like list as long as they cannot list the cases.
bool is_placeholder(const TestDescription& test);

/// "t_NOT_BUILT", which stands for whatever the program t would list.
bool adds_placeholder(const CMakeCommand& command);

/// What GoogleTestAddTests.cmake and its like define: it asks a program for its cases.
bool discovers(const CMakeCommand& command);

} // namespace winnow::ingest
