# Lets the target `test` run `winnow ctest`. Private to Winnow.cmake.
#
# CMake has the path of its own ctest in that target, whatever CMAKE_CTEST_COMMAND says, and a target
# of that name cannot be made where tests are enabled. It hands what CMAKE_CTEST_ARGUMENTS says to
# the shell as it stands, though: so ctest is told to do what it cannot, and `winnow ctest` comes
# after `||`. Should a CMake quote these words one day, ctest fails and names the reason: it never
# passes without running tests.
#
# Rejected: RULE_LAUNCH_CUSTOM, which stands before every custom command of a directory and of those
# below; `ctest -S` with a script that runs winnow, which takes the ARGS of `make test` for its own;
# a target of one's own under the policy CMP0037, which CMake 4 has no more.

# The winnow program, as far as it can be told now: a path or a generator expression; "" for none.
function(_winnow_program out)
  if(TARGET Winnow::winnow)
    set(program "$<TARGET_FILE:Winnow::winnow>")
  else()
    find_program(WINNOW_EXECUTABLE winnow DOC "The winnow command")
    set(program "${WINNOW_EXECUTABLE}")
  endif()
  if(NOT program)
    set(program "")
  endif()
  set(${out} "${program}" PARENT_SCOPE)
endfunction()

# Of the project that is built; a project within it does not decide about its `test`.
function(_winnow_enable_ctest)
  if(DEFINED PROJECT_SOURCE_DIR AND NOT PROJECT_SOURCE_DIR STREQUAL CMAKE_SOURCE_DIR)
    return()
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "^(Ninja|Ninja Multi-Config|Unix Makefiles)$")
    message(FATAL_ERROR "winnow_enable: CTEST: the target `test` of ${CMAKE_GENERATOR} cannot run winnow; use Ninja or Makefiles, or leave CTEST out")
  endif()
  _winnow_program(program)
  set(path "${program}")
  if(TARGET Winnow::winnow)
    get_target_property(imported Winnow::winnow IMPORTED)
    if(imported)
      get_target_property(path Winnow::winnow LOCATION)
    endif()
  endif()
  if(path STREQUAL "")
    message(FATAL_ERROR "winnow_enable: CTEST: winnow is not on the PATH: install it or set WINNOW_EXECUTABLE, or leave CTEST out")
  endif()
  if(NOT path MATCHES "^\\$<" AND (NOT EXISTS "${path}" OR IS_DIRECTORY "${path}"))
    message(FATAL_ERROR "winnow_enable: CTEST: there is no program ${path}: install winnow or set WINNOW_EXECUTABLE, or leave CTEST out")
  endif()
  if(NOT path MATCHES "^\\$<" AND NOT path MATCHES "^[-A-Za-z0-9_./+@=,: ]+$")
    message(FATAL_ERROR "winnow_enable: CTEST: a shell would misread the path ${path}: put winnow at another place, or leave CTEST out")
  endif()
  get_property(enabled GLOBAL PROPERTY _WINNOW_CTEST)
  set_property(GLOBAL PROPERTY _WINNOW_CTEST "${program}")
  if(NOT enabled)
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _winnow_replace_ctest_last)
  endif()
endfunction()

# Runs at the end of the top directory, and once more behind what the project itself deferred.
function(_winnow_replace_ctest_last)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _winnow_replace_ctest)
endfunction()

# Sets the variable where CMake looks for it, and not in the cache: without the keyword, it is gone.
macro(_winnow_replace_ctest)
  get_property(_winnow_ctest GLOBAL PROPERTY _WINNOW_CTEST)
  set(CMAKE_CTEST_ARGUMENTS
    --test-dir /dev/null/CMAKE_CTEST_ARGUMENTS-of-winnow_enable-have-no-effect >/dev/null 2>&1
    || "${_winnow_ctest}" ctest ${CMAKE_CTEST_ARGUMENTS})
  unset(_winnow_ctest)
endmacro()
