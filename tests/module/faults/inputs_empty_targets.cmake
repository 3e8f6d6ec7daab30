winnow_test_inputs(TESTS a TARGETS "")
