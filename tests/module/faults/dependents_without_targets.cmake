winnow_split_dependents(ENABLED ON)
