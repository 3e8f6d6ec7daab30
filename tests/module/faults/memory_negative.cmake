winnow_test_resources(TESTS a MEMORY -1)
