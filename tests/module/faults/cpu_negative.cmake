winnow_test_resources(TESTS a CPU -1)
