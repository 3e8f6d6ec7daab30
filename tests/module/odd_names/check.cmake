string(ASCII 9 tab)
expect_target(odd sources "${SOURCE}/with space.c|${SOURCE}/with\"quote.c|${SOURCE}/grüße.c|${SOURCE}/comma,angle>.c|${SOURCE}/dollar$.c|${SOURCE}/tab${tab}bed.c|${SOURCE}/in \"debug\".c")
expect_target(inner directory "${SOURCE}/a \"b\" ü" sources "${SOURCE}/a \"b\" ü/i.c"
  artifact "${BUILD}/a \"b\" ü/libinner.a")
expect_list("a \"test\"; \\ of $<CONFIG>|case[0]" test_inputs 0 tests)
expect_list("${SOURCE}/semi;colon.txt|${SOURCE}/back\\slash.txt" test_inputs 0 files)
expect_list("*.\"{a,b}\"|[a-z]*.txt" test_inputs 0 globs)
