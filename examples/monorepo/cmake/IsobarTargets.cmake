# How Isobar declares its libraries and tests.
include(GoogleTest)

# isobar_library(NAME [SHARED] SOURCES … [USES LIBRARY…] [PRIVATELY_USES LIBRARY…])
# A compiled library, included as "NAME/header.hpp" and linked as isobar::NAME.
function(isobar_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SHARED" "" "SOURCES;USES;PRIVATELY_USES")
  set(kind STATIC)
  if(arg_SHARED)
    set(kind SHARED)
  endif()
  add_library(${name} ${kind} ${arg_SOURCES})
  add_library(isobar::${name} ALIAS ${name})
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH include_root)
  target_include_directories(${name} PUBLIC "${include_root}")
  target_link_libraries(${name} PUBLIC ${arg_USES} PRIVATE ${arg_PRIVATELY_USES})
endfunction()

# isobar_header_library(NAME HEADERS … [USES LIBRARY…])
# A library without object code: its header set and what the headers include.
function(isobar_header_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;USES")
  add_library(${name} INTERFACE)
  add_library(isobar::${name} ALIAS ${name})
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH include_root)
  target_sources(${name} INTERFACE FILE_SET HEADERS BASE_DIRS "${include_root}" FILES ${arg_HEADERS})
  target_link_libraries(${name} INTERFACE ${arg_USES})
endfunction()

# isobar_plain_test(TEST_NAME EXECUTABLE USES LIBRARY…)
# tests/EXECUTABLE.cpp has a main() that checks and returns the number of failures.
function(isobar_plain_test test executable)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "USES")
  add_executable(${executable} tests/${executable}.cpp)
  target_link_libraries(${executable} PRIVATE isobar::checks ${arg_USES})
  add_test(NAME ${test} COMMAND ${executable})
endfunction()

# isobar_boost_test(TEST_NAME EXECUTABLE USES LIBRARY…)
# tests/EXECUTABLE.cpp is a Boost.Test module, run as one test.
function(isobar_boost_test test executable)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "USES")
  add_executable(${executable} tests/${executable}.cpp)
  target_compile_definitions(${executable} PRIVATE BOOST_TEST_DYN_LINK)
  target_link_libraries(${executable} PRIVATE Boost::unit_test_framework ${arg_USES})
  add_test(NAME ${test} COMMAND ${executable} --color_output=no)
endfunction()

# isobar_google_test(PREFIX EXECUTABLE USES LIBRARY…)
# tests/EXECUTABLE.cpp holds GoogleTest cases; each becomes a test named PREFIX.Suite.Case.
function(isobar_google_test prefix executable)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "USES")
  add_executable(${executable} tests/${executable}.cpp)
  target_link_libraries(${executable} PRIVATE GTest::gtest_main ${arg_USES})
  gtest_discover_tests(${executable} TEST_PREFIX "${prefix}.")
endfunction()
