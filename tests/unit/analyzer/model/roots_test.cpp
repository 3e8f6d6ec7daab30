// How paths become independent of the machine and come back.
#include "analyzer/model/roots.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
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

BOOST_AUTO_TEST_CASE(mean_the_same_where_a_scratch_tree_mentions_the_tree_it_stands_in_for)
{
  const Roots scratch{"/src/build/.winnow/base/s", "/src/build/.winnow/base/s/build", "/src",
                      "/src/build"};
  BOOST_TEST(scratch.graph_path("/src/build/.winnow/base/s/net/url.h") == "net/url.h");
  BOOST_TEST(scratch.graph_path("/src/net/url.h") == "net/url.h");
  BOOST_TEST(scratch.graph_path("/src/build/_deps/a.h") == "@build/_deps/a.h");
  BOOST_TEST(scratch.absolute("net/url.h") == "/src/build/.winnow/base/s/net/url.h");
  BOOST_TEST(scratch.absolute_in_alias("@build/_deps/a.h") == "/src/build/_deps/a.h");
  BOOST_TEST(scratch.absolute_in_alias("/usr/include/zlib.h") == "");
}

BOOST_AUTO_TEST_CASE(leave_texts_that_do_not_depend_on_the_place)
{
  const Roots here{"/src", "/src/build", {}, {}};
  const Roots scratch{"/src/build/.winnow/base/s", "/src/build/.winnow/base/s/build", "/src",
                      "/src/build"};
  const std::string text = without_roots("c++ -I/src/net -o a.o /src2/b.c '/src/build'/x", here);
  BOOST_TEST(text.find("/src/") == std::string::npos);
  BOOST_TEST(text.find("/src2/b.c") != std::string::npos);
  BOOST_TEST(without_roots("c++ -I/src/build/.winnow/base/s/net -o a.o /src2/b.c "
                           "'/src/build/.winnow/base/s/build'/x",
                           scratch) == text);
  BOOST_TEST(without_roots("c++ -I/src/net -o a.o /src2/b.c '/src/build'/x", scratch) == text);
}

BOOST_AUTO_TEST_SUITE_END()
