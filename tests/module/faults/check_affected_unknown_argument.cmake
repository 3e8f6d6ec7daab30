winnow_add_check_affected(NAME a b)
