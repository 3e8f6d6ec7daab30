// Tests of which tests depend on a target, on small graphs.
#include "analyzer/select/dependents.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace winnow;
using namespace winnow::select;

namespace {

/// Two libraries of one directory, one of them header-only, and a plugin that nobody links.
const Graph graph = tests::graph_from(R"(
compile net/a.o : net/a.cpp net/a.h
archive net/liba.a : net/a.o
target a STATIC_LIBRARY net net/liba.a net/liba.a net/a.o
target b INTERFACE_LIBRARY net net/none
compile net/plugin.o : net/plugin.cpp
link net/plugin.so : net/plugin.o
target plugin MODULE_LIBRARY net net/plugin.so net/plugin.so net/plugin.o
compile net/inner/c.o : net/inner/c.cpp net/inner/c.h
archive net/inner/libc.a : net/inner/c.o
target c STATIC_LIBRARY net/inner net/inner/libc.a net/inner/libc.a net/inner/c.o
compile t1.o : t1.cpp net/b.h
link t1 : t1.o
compile t2.o : t2.cpp net/inner/c.h
link t2 : t2.o net/inner/libc.a
compile t3.o : t3.cpp
link t3 : t3.o net/liba.a
test top/t1 in . executable t1
test net/inner/t2 in net/inner executable t2
test net/t3 in net executable t3
test net/t4 in net
)");

std::set<std::string> dependents_of(std::string_view target, OwnTests own = OwnTests::included,
                                    const Graph& of = graph)
{
  AskedTarget asked{*of.find_target(target), {}, {}, {}};
  const DependentsQuery query{std::span(&asked, 1), own};
  const Selection selection = with_dependents(of, {}, query, {});
  std::set<std::string> names;
  for (const SelectedTest& selected : selection.tests) {
    names.insert(of.key(selected.test).name);
  }
  return names;
}

using Names = std::set<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(dependents)

BOOST_AUTO_TEST_CASE(of_libraries_in_one_directory_none_has_what_only_others_read)
{
  BOOST_TEST((dependents_of("a") == Names{"t1", "t3", "t4"})); // nobody else has net/b.h
  BOOST_TEST((dependents_of("b") == Names{"t1", "t3", "t4"})); // any header may be of b: also a.h
}

BOOST_AUTO_TEST_CASE(what_only_the_other_library_reads_is_the_others)
{
  const Graph pair = tests::graph_from(R"(
compile net/a.o : net/a.cpp net/a.h
archive net/liba.a : net/a.o
target a STATIC_LIBRARY net net/liba.a net/liba.a net/a.o
compile net/b.o : net/b.cpp net/b.h
archive net/libb.a : net/b.o
target b STATIC_LIBRARY net net/libb.a net/libb.a net/b.o
compile t.o : t.cpp net/b.h
link t : t.o
test top/t in . executable t
)");
  BOOST_TEST((dependents_of("a", OwnTests::included, pair) == Names{}));
  BOOST_TEST((dependents_of("b", OwnTests::included, pair) == Names{"t"}));
}

BOOST_AUTO_TEST_CASE(a_header_is_of_the_nearest_library)
{
  BOOST_TEST((dependents_of("c") == Names{"t2", "t4"}));
  BOOST_TEST(!dependents_of("b").contains("t2"));
}

BOOST_AUTO_TEST_CASE(a_test_of_which_nothing_is_known_may_depend_on_anything)
{
  BOOST_TEST(dependents_of("c").contains("t4"));
}

BOOST_AUTO_TEST_CASE(a_plugin_may_be_loaded_by_the_tests_of_its_part)
{
  BOOST_TEST((dependents_of("plugin") == Names{"t1", "t3", "t4"}));
}

BOOST_AUTO_TEST_CASE(own_tests_are_those_of_the_directory_without_nearer_libraries)
{
  BOOST_TEST((dependents_of("a", OwnTests::left_out) == Names{"t1"}));
  BOOST_TEST((dependents_of("c", OwnTests::left_out) == Names{"t4"}));
}

BOOST_AUTO_TEST_SUITE_END()
