// How paths become independent of the machine and come back.
#include "analyzer/model/roots.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(graph_paths)

BOOST_AUTO_TEST_CASE(name_files_relative_to_the_roots)
{
  const Roots roots{"/src", "/src/build"};

  const struct {
    std::string_view given;
    std::string_view expected;
  } rows[] = {
      {"/src/net/url.h", "net/url.h"},
      {"/src/net/../net//./url.h", "net/url.h"},
      {"/src/build/gen/a.h", "@build/gen/a.h"},
      {"gen/a.h", "@build/gen/a.h"},
      {"../net/url.h", "net/url.h"},
      {"/usr/include/zlib.h", "/usr/include/zlib.h"},
      {"/src2/a.h", "/src2/a.h"},
      {"/src/buildings/a.h", "buildings/a.h"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.given)
    {
      BOOST_TEST(roots.graph_path(row.given) == row.expected);
      BOOST_TEST(roots.graph_path(roots.absolute(row.expected)) == row.expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(are_lexically_normal)
{
  BOOST_TEST(lexically_normal("a/./b/../c/") == "a/c");
  BOOST_TEST(lexically_normal("/../a") == "/a");
  BOOST_TEST(lexically_normal("../../a") == "../../a");
  BOOST_TEST(lexically_normal("") == ".");
  BOOST_TEST(is_within("/a/b", "/a"));
  BOOST_TEST(!is_within("/ab", "/a"));
}

BOOST_AUTO_TEST_SUITE_END()
