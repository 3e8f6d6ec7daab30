# Winnow where it is installed; without it everything builds and tests the same.
find_package(Winnow QUIET)

if(COMMAND winnow_enable)
  winnow_enable()
else()
  function(winnow_test_inputs)
  endfunction()
  function(winnow_test_resources)
  endfunction()
  function(winnow_add_check_affected)
  endfunction()
endif()
