winnow_test_resources(CORES 2 TESTS a CPU 1)
