winnow_test_resources(TESTS a RESOURCES gpu=1 gpu=2)
