winnow_enable()
add_library(headers INTERFACE)
winnow_test_inputs(TESTS a TARGETS headers)
