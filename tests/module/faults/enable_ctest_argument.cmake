winnow_enable(CTEST CTEST NOW)
