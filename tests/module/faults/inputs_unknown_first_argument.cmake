winnow_test_inputs(TEST a FILES here.txt)
