// Dyndep files and the documents of scans, from text.
#include "analyzer/ingest/dyndep_file.hpp"
#include "analyzer/ingest/module_scan.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(dyndep_files)

BOOST_AUTO_TEST_CASE(say_what_steps_make_and_use_besides)
{
  const auto edges = parse_dyndep("ninja_dyndep_version = 1.0\n"
                                  "build a.o | a.mod sub$ dir/b.mod: dyndep | $\n    c.mod d$:e\n"
                                  "  restat = 1\n\n"
                                  "# a comment\n"
                                  "build f.o: dyndep\n",
                                  "x.dd");
  BOOST_REQUIRE(edges.has_value());
  const std::vector<DyndepEdge> expected{{"a.o", {"a.mod", "sub dir/b.mod"}, {"c.mod", "d:e"}},
                                         {"f.o", {}, {}}};
  BOOST_TEST((*edges == expected));
}

BOOST_AUTO_TEST_CASE(that_are_none_are_errors_with_their_line)
{
  for (const std::string_view text :
       {"ninja_dyndep_version = 1\nbuild a b: dyndep\n", "\nbuild a: phony\n", "\nbuild a\n",
        "\nbuild a: dyndep b\n", "\nbuild a: dyndep\n  restat\n", "\nrule x\n", "\n:\n"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const auto edges = parse_dyndep(text, "x.dd");
      BOOST_REQUIRE(edges.has_error());
      BOOST_TEST(edges.error().message.starts_with("x.dd:"));
    }
  }
  BOOST_TEST(parse_dyndep("", "x.dd")->empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(module_scans)

BOOST_AUTO_TEST_CASE(name_the_modules_that_a_source_uses)
{
  const auto names = parse_module_scan(
      R"({"rules":[{"primary-output":"a.o","provides":[{"logical-name":"a"}]},
                   {"requires":[{"logical-name":"b.c:d"},{"logical-name":"e.mod"}]}]})",
      "a.ddi");
  BOOST_REQUIRE(names.has_value());
  BOOST_TEST(*names == (std::vector<std::string>{"b.c:d", "e.mod"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_errors)
{
  for (const std::string_view text : {"", "[]", "{}", R"({"rules":{}})", R"({"rules":[1]})",
                                      R"({"rules":[{"requires":[{}]}]})"}) {
    BOOST_TEST_CONTEXT(text)
    {
      const auto names = parse_module_scan(text, "a.ddi");
      BOOST_REQUIRE(names.has_error());
      BOOST_TEST(names.error().message.starts_with("a.ddi"));
    }
  }
}

BOOST_AUTO_TEST_CASE(call_modules_as_their_files_are_called)
{
  BOOST_TEST(module_key("a.b:c") == module_key("a.b-c.pcm"));
  BOOST_TEST(module_key("a.b") == module_key("a.b.gcm"));
  BOOST_TEST(module_key("a.mod") == module_key("a.mod"));
  BOOST_TEST(module_key("a") != module_key("a.b.pcm"));
}

BOOST_AUTO_TEST_SUITE_END()
