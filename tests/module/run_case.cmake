# Configures PROJECT in WORK twice and lets PROJECT/check.cmake look at what was exported.
cmake_minimum_required(VERSION 3.24)
include("${CMAKE_CURRENT_LIST_DIR}/expectations.cmake")

file(REMOVE_RECURSE "${WORK}")
set(SOURCE "${WORK}/source")
set(BUILD "${WORK}/build")
file(COPY "${PROJECT}/" DESTINATION "${SOURCE}")

set(arguments -S "${SOURCE}" -B "${BUILD}" -G "${GENERATOR}" -D "WINNOW_MODULE=${MODULE}"
  -D "ENABLE_WINNOW=${ENABLED}")
if(GENERATOR MATCHES "Multi-Config")
  set(CONFIGURATIONS Debug Release)
  list(APPEND arguments "-DCMAKE_CONFIGURATION_TYPES=Debug\\;Release")
else()
  set(CONFIGURATIONS Debug)
  list(APPEND arguments -D CMAKE_BUILD_TYPE=Debug)
endif()
if(INJECTED)
  list(APPEND arguments -D "CMAKE_PROJECT_TOP_LEVEL_INCLUDES=${MODULE}")
endif()

function(configure)
  execute_process(COMMAND "${CMAKE_COMMAND}" ${arguments} RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "configuring ${SOURCE} failed:\n${output}")
  endif()
endfunction()

configure()
foreach(CONFIG IN LISTS CONFIGURATIONS)
  export_file(export_path "${CONFIG}")
  file(READ "${export_path}" EXPORT)
  expect_field(winnow.export kind)
  expect_field(1 version)
  expect_field("${CONFIG}" config)
  include("${PROJECT}/check.cmake")
endforeach()

if(NOT EXISTS "${BUILD}/.cmake/api/v1/query/client-winnow/query.json"
   AND NOT EXISTS "${BUILD}/.cmake/api/v1/reply")
  message(SEND_ERROR "the file API was not asked")
endif()

# A second configuration leaves what it would write again alone.
export_file(export_path Debug)
file(READ "${export_path}" first)
execute_process(COMMAND touch -d "2001-02-03 04:05:06 UTC" "${export_path}")
configure()
file(TIMESTAMP "${export_path}" written "%Y" UTC)
expect_equal("2001" "${written}" "the year in which the export was last written")
file(READ "${export_path}" second)
expect_equal("${first}" "${second}" "the export of the second configuration")
