winnow_test_resources(TESTS a MEMORY much)
