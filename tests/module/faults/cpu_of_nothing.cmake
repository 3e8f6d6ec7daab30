winnow_test_resources(TESTS a CPU 0.0)
