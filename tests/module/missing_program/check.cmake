expect_target(check-affected type UTILITY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${BUILD}" --target check-affected
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(result EQUAL 0 OR NOT output MATCHES "winnow is not on the PATH: install it or set WINNOW_EXECUTABLE")
  message(SEND_ERROR "check-affected without winnow: ${result}\n${output}")
endif()

execute_process(COMMAND "${CMAKE_COMMAND}" --build "${BUILD}" --target check-mine
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0 OR NOT output MATCHES "winnow: build -B ${BUILD}\nwinnow: run -B ${BUILD}\n")
  message(SEND_ERROR "check-mine: ${result}\n${output}")
endif()
