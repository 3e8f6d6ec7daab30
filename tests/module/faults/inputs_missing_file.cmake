winnow_test_inputs(TESTS a FILES here.txt gone.txt)
