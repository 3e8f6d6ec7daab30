// Depfiles in the dialects that tools write.
#include "analyzer/ingest/depfile.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <vector>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(depfiles)

BOOST_AUTO_TEST_CASE(name_targets_and_inputs)
{
  using Names = std::vector<std::string>;

  const struct {
    std::string_view text;
    Names targets;
    Names inputs;
  } rows[] = {
      {"a.o: a.c a.h\n", {"a.o"}, {"a.c", "a.h"}},
      {"a.o : a.c", {"a.o"}, {"a.c"}},
      {"a.o: \\\n a.c \\\r\n a.h\n", {"a.o"}, {"a.c", "a.h"}},
      {"a.o:a.c\n", {}, {}},
      {"a.o b.o: a.c\n", {"a.o", "b.o"}, {"a.c"}},
      {"a.o: a.h\nb.o: a.h b.h\n", {"a.o", "b.o"}, {"a.h", "b.h"}},
      {"a.o: a.h\na.h:\n", {"a.o", "a.h"}, {"a.h"}},
      {"a.o: my\\ dir/a\\#1.h cost$$.h\n", {"a.o"}, {"my dir/a#1.h", "cost$.h"}},
      {"a.o: c:/a.h x\\y.h\n", {"a.o"}, {"c:/a.h", "x\\y.h"}},
      {"", {}, {}},
      {"\n\n", {}, {}},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      const Result<Depfile> depfile = parse_depfile(row.text, "a.d");
      BOOST_TEST(depfile.has_value() == (row.text != "a.o:a.c\n"));
      if (depfile) {
        BOOST_TEST(depfile->targets == row.targets, boost::test_tools::per_element());
        BOOST_TEST(depfile->inputs == row.inputs, boost::test_tools::per_element());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(words_without_a_rule_are_an_error_that_names_the_file)
{
  const Result<Depfile> depfile = parse_depfile("garbage here\n", "/b/a.d");
  BOOST_REQUIRE(depfile.has_error());
  BOOST_TEST(depfile.error().message == "/b/a.d: 'garbage' is no rule");
}

BOOST_AUTO_TEST_CASE(any_prefix_of_one_ends)
{
  const std::string whole = "a\\ b.o c.o: \\\n x$$y.h \\\r\n \\\\z\\#.h\n\nd.o :\n";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const Result<Depfile> depfile = parse_depfile(whole.substr(0, size), "a.d");
    BOOST_TEST((depfile.has_error() || depfile->inputs.size() <= 2));
  }
}

BOOST_AUTO_TEST_SUITE_END()
