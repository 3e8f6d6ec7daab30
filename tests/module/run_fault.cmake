# Configures a project that runs FAULT.cmake; it must stop with a message matching FAULT-stderr.txt.
cmake_minimum_required(VERSION 3.24)

file(REMOVE_RECURSE "${WORK}")
file(CONFIGURE OUTPUT "${WORK}/source/CMakeLists.txt" @ONLY CONTENT [[
cmake_minimum_required(VERSION 3.24)
project(Fault NONE)
include("@MODULE@")
file(WRITE "${CMAKE_CURRENT_SOURCE_DIR}/here.txt" "")
include("@FAULT@.cmake")
]])
execute_process(COMMAND "${CMAKE_COMMAND}" -S "${WORK}/source" -B "${WORK}/build" -G Ninja
  RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE error)

# CMake folds the lines of a message.
string(REGEX REPLACE "[ \n]+" " " error "${error}")
file(READ "${FAULT}-stderr.txt" expected)
string(STRIP "${expected}" expected)
if(result EQUAL 0)
  message(FATAL_ERROR "the configuration went through")
endif()
if(NOT error MATCHES "${expected}")
  message(FATAL_ERROR "expected: ${expected}\nactual: ${error}")
endif()
