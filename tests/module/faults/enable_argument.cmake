winnow_enable(NOW)
