winnow_enable()
add_executable(outside IMPORTED)
winnow_test_inputs(TESTS a TARGETS outside)
