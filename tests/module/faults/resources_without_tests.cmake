winnow_test_resources(RESOURCES license=1 CAPACITY license=2)
