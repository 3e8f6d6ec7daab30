winnow_enable()
winnow_test_inputs(TESTS a TARGETS absent)
