# Winnow: exports what a build tree's tests depend on, for the `winnow` command.
#
# Use it in a project:
#
#   find_package(Winnow REQUIRED)
#   winnow_enable()
#
# or, without touching the project, inject it:
#
#   cmake -DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=/prefix/lib/cmake/Winnow/Winnow.cmake …
#
# Both export the same, and together they do no more than either. Needs CMake 3.24 or newer.
# Every function stops the configuration on an argument that it does not know.
#
# winnow_enable([CTEST])
#   Once the whole project is configured, writes <build>/.winnow/export.json; with a
#   multi-configuration generator, .winnow/export-<CONFIG>.json for each configuration.
#   Also asks CMake's file API for the code model. Further calls change nothing.
#   With CTEST, the target `test` (`ninja test`, `make test`) runs `winnow ctest` in ctest's place, with
#   what CMAKE_CTEST_ARGUMENTS and the ARGS of `make test` say. Needs a Ninja or Makefile generator, and
#   the command: that of the installed package, else the cache variable WINNOW_EXECUTABLE, else
#   `winnow` on the PATH; without it, the configuration stops. CTEST counts in the project that is
#   built, not in those within it. CMAKE_CTEST_COMMAND, and with it the dashboards of include(CTest),
#   stay ctest's. Without CTEST, the next configuration gives the target back.
#
# winnow_test_inputs(TESTS <test>… [FILES <file>…] [DIRECTORIES <dir>…] [GLOBS <pattern>…]
#                    [TARGETS <target>…])
#   Says what the tests read that no build step tells: a change of one of the files, of
#   anything below one of the directories, or of a file that matches one of the patterns
#   affects the tests. Patterns also match files that do not exist yet. Relative names start at
#   the current source directory. Files and directories must exist; the tests need not, because
#   discovered tests get their names only after the build.
#   TARGETS are the programs and libraries that the tests run or load by themselves, as a script
#   does that is given the build tree: all of them. What else is compiled, or is a target's file,
#   below a directory in the tests' commands, environment or properties then counts no more, nor
#   do programs named in the text of a script; data below the directory still does. That all data
#   is known, as the others say, is not said by TARGETS. Where the name of a test is that of
#   several tests elsewhere, they only add to what is known. Targets may be made after the call.
#
# winnow_test_resources(TESTS <test>… [MEMORY <size>] [CPU <cpus>] [RESOURCES <name>=<count>…]
#                       [CAPACITY <name>=<count>…])
#   Says what each of the tests occupies while it runs: memory (bytes, or a number with kB, MB,
#   GB, TB, KiB, MiB, GiB or TiB), cpus (0.05 for a test that only waits), and units of named
#   resources. What is not stated is learned from past runs; of several calls for a test the last
#   one that states something counts.
#   A named resource is declared by CAPACITY, which says how many units of it there are, or in
#   winnow.json, under run.resources; CAPACITY alone needs no TESTS. All tests of the project
#   share them, whatever build tree they are in, and of "machine:NAME" all tests of the user.
#
# winnow_split_dependents(TARGETS <target>… [OWN_TESTS <test>…] [ENABLED <bool>])
#   Says that the tests which depend on one of the targets are to be split into jobs: they are what
#   `--depends-on` means without a name, as in `winnow split --depends-on --exclude-own --chunks 20`.
#   --exclude-own leaves out the tests of the targets themselves, for a job of their own: those that
#   are defined in a target's directory or below, as far as no other library is nearer, and those
#   named here, defined in the current directory or below. ENABLED, for instance an option of the
#   component, turns it off where it is false. Targets may be made after the call.
#
# winnow_add_check_affected([NAME <target>])
#   Adds a target (check-affected, if no name is given) that builds and runs the tests that
#   the change in the work tree can affect. The command is that of the installed package, else
#   the cache variable WINNOW_EXECUTABLE, else `winnow` on the PATH. It calls ninja for the same
#   build tree: build it alone, since what another target of the same call needs would be built
#   by both at once.
#
# The export, "kind": "winnow.export", "version": 1:
#   project, source_dir, build_dir, generator, config, cmake_version
#   compilers[]       language, id, version, path
#   targets[]         name, type, directory, binary_dir, artifact (of what is linked or archived),
#                     sources[], interface_sources[], header_sets[]{name, base_dirs[], files[]},
#                     interface_include_directories[], link_libraries[],
#                     interface_link_libraries[], dependencies[], unevaluated[]
#   test_inputs[]     tests[], directory, files[], directories[], globs[], targets[]
#   test_resources[]  tests[], directory, defined_at, and what was stated of memory_bytes, cpu,
#                     resources{}, capacity{}
#   split_dependents[]  targets[], directory, own_tests[], enabled
# Paths are absolute, except patterns, which are kept as written and start at `directory`. Imported
# targets are left out; alias names are replaced by the real ones. Generator expressions are evaluated
# for the configuration (where the result is relative, it starts at `directory`); those that mean
# something only while compiling stand in `unevaluated`.
# `defined_at` is "file:line", or the file alone where it holds several calls that may be meant.

if(CMAKE_VERSION VERSION_LESS 3.24)
  message(FATAL_ERROR "Winnow needs CMake 3.24 or newer; this is ${CMAKE_VERSION}")
endif()

# The copy loaded first serves the whole project, be it injected or found.
if(COMMAND winnow_enable)
  return()
endif()

include("${CMAKE_CURRENT_LIST_DIR}/WinnowArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/WinnowCTest.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/WinnowExport.cmake")

function(winnow_enable)
  cmake_parse_arguments(PARSE_ARGV 0 arg "CTEST" "" "")
  _winnow_check_arguments(winnow_enable CTEST)
  if(arg_CTEST)
    _winnow_enable_ctest()
  endif()
  get_property(enabled GLOBAL PROPERTY _WINNOW_ENABLED)
  if(enabled)
    return()
  endif()
  set_property(GLOBAL PROPERTY _WINNOW_ENABLED TRUE)
  _winnow_query_file_api()
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _winnow_export_last)
endfunction()

function(winnow_test_inputs)
  set(inputs FILES DIRECTORIES GLOBS TARGETS)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "TESTS;${inputs}")
  _winnow_check_arguments(winnow_test_inputs "TESTS;${inputs}" REQUIRED TESTS)
  if(NOT DEFINED arg_FILES AND NOT DEFINED arg_DIRECTORIES AND NOT DEFINED arg_GLOBS AND NOT DEFINED arg_TARGETS)
    message(FATAL_ERROR "winnow_test_inputs: name some FILES, DIRECTORIES, GLOBS or TARGETS")
  endif()
  _winnow_existing_paths(files FILES winnow_test_inputs)
  _winnow_existing_paths(directories DIRECTORIES winnow_test_inputs)
  _winnow_json_array(tests arg_TESTS)
  _winnow_json_array(files files)
  _winnow_json_array(directories directories)
  _winnow_json_array(globs arg_GLOBS)
  _winnow_named_targets(targets arg_TARGETS winnow_test_inputs)
  _winnow_json_string(directory "${CMAKE_CURRENT_SOURCE_DIR}")
  set_property(GLOBAL APPEND_STRING PROPERTY _WINNOW_TEST_INPUTS
",
{\"tests\":${tests},\"directory\":${directory},\"files\":${files},\"directories\":${directories},
\"globs\":${globs},\"targets\":${targets}}")
endfunction()

function(winnow_test_resources)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "MEMORY;CPU" "TESTS;RESOURCES;CAPACITY")
  set(required REQUIRED TESTS)
  if(DEFINED arg_CAPACITY AND NOT DEFINED arg_MEMORY AND NOT DEFINED arg_CPU AND NOT DEFINED arg_RESOURCES)
    set(required "")
  endif()
  _winnow_check_arguments(winnow_test_resources "TESTS;MEMORY;CPU;RESOURCES;CAPACITY" ${required})
  if(required AND NOT DEFINED arg_MEMORY AND NOT DEFINED arg_CPU AND NOT DEFINED arg_RESOURCES)
    message(FATAL_ERROR "winnow_test_resources: state MEMORY, CPU or RESOURCES")
  endif()
  set(stated "")
  if(DEFINED arg_MEMORY)
    _winnow_parse_size(bytes winnow_test_resources "${arg_MEMORY}")
    string(APPEND stated ",\"memory_bytes\":${bytes}")
  endif()
  if(DEFINED arg_CPU)
    _winnow_check_cpu(winnow_test_resources "${arg_CPU}")
    string(APPEND stated ",\"cpu\":${arg_CPU}")
  endif()
  if(DEFINED arg_RESOURCES)
    _winnow_parse_counts(resources RESOURCES "[1-9][0-9]*" winnow_test_resources)
    string(APPEND stated ",\"resources\":${resources}")
  endif()
  if(DEFINED arg_CAPACITY)
    _winnow_parse_counts(capacity CAPACITY "0|[1-9][0-9]*" winnow_test_resources)
    string(APPEND stated ",\"capacity\":${capacity}")
  endif()
  set(word ${arg_TESTS} ${arg_CAPACITY})
  list(GET word 0 word)
  _winnow_call_site(defined_at winnow_test_resources "${word}")
  _winnow_json_array(tests arg_TESTS)
  _winnow_json_string(directory "${CMAKE_CURRENT_SOURCE_DIR}")
  _winnow_json_string(defined_at "${defined_at}")
  set_property(GLOBAL APPEND_STRING PROPERTY _WINNOW_TEST_RESOURCES
    ",\n{\"tests\":${tests},\"directory\":${directory},\"defined_at\":${defined_at}${stated}}")
endfunction()

function(winnow_split_dependents)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "ENABLED" "TARGETS;OWN_TESTS")
  _winnow_check_arguments(winnow_split_dependents "TARGETS;OWN_TESTS;ENABLED" REQUIRED TARGETS)
  set(enabled true)
  if(DEFINED arg_ENABLED AND NOT arg_ENABLED)
    set(enabled false)
  endif()
  _winnow_named_targets(targets arg_TARGETS winnow_split_dependents)
  _winnow_json_array(own_tests arg_OWN_TESTS)
  _winnow_json_string(directory "${CMAKE_CURRENT_SOURCE_DIR}")
  set_property(GLOBAL APPEND_STRING PROPERTY _WINNOW_SPLIT_DEPENDENTS
    ",\n{\"targets\":${targets},\"directory\":${directory},\"own_tests\":${own_tests},\"enabled\":${enabled}}")
endfunction()

function(winnow_add_check_affected)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "")
  _winnow_check_arguments(winnow_add_check_affected "NAME")
  if(NOT DEFINED arg_NAME)
    set(arg_NAME check-affected)
  endif()
  if(TARGET "${arg_NAME}")
    message(FATAL_ERROR "winnow_add_check_affected: a target named '${arg_NAME}' exists; give another NAME")
  endif()

  _winnow_program(program)
  set(where -B "${CMAKE_BINARY_DIR}")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    list(APPEND where -C "$<CONFIG>")
  endif()

  if(program)
    set(commands COMMAND "${program}" build ${where} COMMAND "${program}" run ${where})
  else()
    set(commands
      COMMAND "${CMAKE_COMMAND}" -E echo
        "winnow is not on the PATH: install it or set WINNOW_EXECUTABLE, then configure again"
      COMMAND "${CMAKE_COMMAND}" -E false)
  endif()
  add_custom_target("${arg_NAME}" ${commands}
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Checking what the change affects"
    USES_TERMINAL
    VERBATIM)
endfunction()

# Injected, the module switches itself on.
foreach(_winnow_injected IN LISTS CMAKE_PROJECT_TOP_LEVEL_INCLUDES)
  file(REAL_PATH "${_winnow_injected}" _winnow_injected BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
  file(REAL_PATH "${CMAKE_CURRENT_LIST_FILE}" _winnow_this)
  if(_winnow_injected STREQUAL _winnow_this)
    winnow_enable()
  endif()
endforeach()
unset(_winnow_injected)
unset(_winnow_this)
