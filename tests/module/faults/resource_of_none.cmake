winnow_test_resources(TESTS a RESOURCES license=0)
