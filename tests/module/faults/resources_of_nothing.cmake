winnow_test_resources(TESTS a)
