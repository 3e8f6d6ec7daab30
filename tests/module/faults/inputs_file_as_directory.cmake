winnow_test_inputs(TESTS a DIRECTORIES here.txt)
