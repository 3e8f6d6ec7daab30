# What another directory linked comes with marks of CMake's own; they must not show.
expect_target(early link_libraries in_sub)
expect_target(deferred_at_the_top sources "${SOURCE}/a.c")
expect_target(deferred_from_sub sources "${SOURCE}/a.c")
expect_target(deferred_in_sub sources "${SOURCE}/a.c" directory "${SOURCE}/sub")

# A declaration may name targets that are made after it; an alias stands for its target.
expect_list("deferred_at_the_top|early" test_inputs 0 targets)
