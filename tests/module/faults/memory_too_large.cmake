winnow_test_resources(TESTS a MEMORY 9000000TiB)
