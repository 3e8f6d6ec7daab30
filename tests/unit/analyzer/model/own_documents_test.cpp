// Which files are Winnow's own.
#include "analyzer/model/own_documents.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(own_documents)

BOOST_AUTO_TEST_CASE(begin_as_winnow_begins_them)
{
  using namespace std::string_view_literals;
  for (const std::string_view own :
       {R"({"kind":"winnow.plan","version":1,)"sv, R"({"kind":"winnow.results",)"sv, "WINNOWG\n"sv,
        "WINNOWZ\n\1\0\0\0"sv,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Written by winnow -->\n"sv,
        "<!doctype html>\n<!-- Written by winnow -->\n<html"sv,
        "# Written by winnow for the plan 0123.\nsteps:\n"sv}) {
    BOOST_TEST(is_own_document(own), own);
  }
  for (const std::string_view other :
       {""sv, "{}"sv, R"({"kind":"other"})"sv, R"({"version":1,"kind":"winnow.plan"})"sv,
        "WINNOW"sv, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"sv,
        "<!doctype html>\n<html"sv, "# Written by somebody\n"sv,
        "# <!-- Written by winnow -->\n"sv}) {
    BOOST_TEST(!is_own_document(other), other);
  }
}

BOOST_AUTO_TEST_SUITE_END()
