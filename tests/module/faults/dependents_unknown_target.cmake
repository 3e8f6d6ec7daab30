winnow_enable()
winnow_split_dependents(TARGETS absent)
