winnow_add_check_affected()
winnow_add_check_affected()
