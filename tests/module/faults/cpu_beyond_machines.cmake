winnow_test_resources(TESTS a CPU 99999999999)
