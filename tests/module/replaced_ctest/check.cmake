function(run_tests expected_result expected_output)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env ${ARGN} "${CMAKE_COMMAND}" --build "${BUILD}" --target test
      --config "${CONFIG}"
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(expected_result STREQUAL "fails" AND result EQUAL 0 OR expected_result STREQUAL "passes" AND NOT result EQUAL 0)
    message(SEND_ERROR "the target test: ${result}\n${output}")
  endif()
  if(NOT output MATCHES "${expected_output}")
    message(SEND_ERROR "expected: ${expected_output}\nactual: ${output}")
  endif()
endfunction()

function(configure_with replaced)
  execute_process(COMMAND "${CMAKE_COMMAND}" -D "REPLACED=${replaced}" "${BUILD}" RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "configuring ${BUILD} again failed:\n${output}")
  endif()
endfunction()

set(more "")
if(GENERATOR MATCHES "Multi-Config")
  set(more " -C ${CONFIG}")
endif()
set(told "winnow: ctest --output-on-failure --no-label-summary${more} in ${BUILD}\n")
run_tests(passes "${told}")
file(TOUCH "${BUILD}/fail")
run_tests(fails "${told}")
file(REMOVE "${BUILD}/fail")
if(GENERATOR MATCHES "Makefiles")
  execute_process(COMMAND make -C "${BUILD}" test ARGS=-V OUTPUT_VARIABLE output)
  if(NOT output MATCHES "winnow: ctest --output-on-failure --no-label-summary -V in")
    message(SEND_ERROR "ARGS=-V: ${output}")
  endif()
endif()

# Dashboards are ctest's, before and after.
load_cache("${BUILD}" READ_WITH_PREFIX cached_ CMAKE_CTEST_COMMAND CMAKE_CTEST_ARGUMENTS)
if(NOT cached_CMAKE_CTEST_COMMAND MATCHES "/ctest$" OR DEFINED cached_CMAKE_CTEST_ARGUMENTS)
  message(SEND_ERROR "cached: ${cached_CMAKE_CTEST_COMMAND} ${cached_CMAKE_CTEST_ARGUMENTS}")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${BUILD}" --target ExperimentalStart --config "${CONFIG}"
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0 OR output MATCHES "winnow:" OR NOT output MATCHES "Experimental")
  message(SEND_ERROR "ExperimentalStart: ${result}\n${output}")
endif()

# Without the keyword in the project itself, ctest is back.
configure_with(OFF)
run_tests(passes "Test +#1: one")
configure_with(ON)
run_tests(passes "${told}")
