# One CMake target for each folder of the house, and one unit-test executable beside it.

option(WINNOW_WARNINGS_AS_ERRORS "Treat compiler warnings as errors" OFF)
set(WINNOW_SANITIZERS "" CACHE STRING "Sanitizers to build with, as for -fsanitize, a list")

add_library(winnow_build_settings INTERFACE)
target_compile_features(winnow_build_settings INTERFACE cxx_std_20)
target_include_directories(winnow_build_settings INTERFACE
  "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
target_compile_options(winnow_build_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers # every member has a default
  $<$<BOOL:${WINNOW_WARNINGS_AS_ERRORS}>:-Werror>)
target_compile_definitions(winnow_build_settings INTERFACE
  BOOST_ALL_NO_LIB BOOST_ASIO_NO_DEPRECATED BOOST_BEAST_USE_STD_STRING_VIEW)
if(WINNOW_SANITIZERS)
  list(JOIN WINNOW_SANITIZERS "," _winnow_sanitizers)
  target_compile_options(winnow_build_settings INTERFACE
    -fsanitize=${_winnow_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(winnow_build_settings INTERFACE -fsanitize=${_winnow_sanitizers})
endif()

# winnow_add_folder(<folder> SOURCES <file>... [DEPENDS <target>...])
# The static library winnow_<last part of folder> of the current directory.
function(winnow_add_folder folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "winnow_add_folder(${folder}): unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(name "${folder}" NAME)
  add_library(winnow_${name} STATIC ${arg_SOURCES})
  target_link_libraries(winnow_${name} PUBLIC winnow_build_settings ${arg_DEPENDS})
endfunction()

# winnow_add_unit_tests(<folder> [DEPENDS <target>...])
# Every *_test.cpp below tests/unit/<folder> becomes part of one Boost.Test executable, one CTest test.
function(winnow_add_unit_tests folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "winnow_add_unit_tests(${folder}): unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*_test.cpp")
  if(NOT sources)
    return()
  endif()
  get_filename_component(name "${folder}" NAME)
  add_executable(${name}_tests ${sources} "${PROJECT_SOURCE_DIR}/tests/support/unit_main.cpp")
  target_compile_definitions(${name}_tests PRIVATE BOOST_TEST_DYN_LINK)
  target_link_libraries(${name}_tests PRIVATE
    winnow_${name} ${arg_DEPENDS} Boost::unit_test_framework)
  add_test(NAME unit.${name} COMMAND ${name}_tests --report_level=short)
  set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 600)
endfunction()
