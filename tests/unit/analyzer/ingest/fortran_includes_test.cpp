// The include lines of Fortran.
#include "analyzer/ingest/fortran_includes.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(fortran_includes)

BOOST_AUTO_TEST_CASE(are_lines_of_their_own_in_any_case_and_quotes)
{
  const auto names = fortran_includes_in("      include 'a.inc'\n"
                                         "INCLUDE \"b/c.h\" ! a comment\n"
                                         "\tInclude'd'\r\n"
                                         "#include \"cpp.h\"\n"
                                         "x = 1; include 'no.inc'\n"
                                         "include_this = 'no'\n"
                                         "! include 'no.inc'\n"
                                         "include 'open\n"
                                         "include ''\n"
                                         "include\n"
                                         "include 'last'");
  BOOST_TEST(names == (std::vector<std::string>{"a.inc", "b/c.h", "d", "last"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_not_looked_for_in_sources_of_other_languages)
{
  for (const std::string_view path : {"a.f90", "a.F", "a.inc", "a.h", "a", "a.cpp.fi"}) {
    BOOST_TEST(may_be_fortran(path));
  }
  for (const std::string_view path : {"a.cpp", "a.c", "a.hpp", "b.inc/a.cc"}) {
    BOOST_TEST(!may_be_fortran(path));
  }
}

BOOST_AUTO_TEST_SUITE_END()
