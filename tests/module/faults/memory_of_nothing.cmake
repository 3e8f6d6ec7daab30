winnow_test_resources(TESTS a MEMORY 0MiB)
