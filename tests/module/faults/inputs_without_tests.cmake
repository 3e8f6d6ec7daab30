winnow_test_inputs(FILES here.txt)
