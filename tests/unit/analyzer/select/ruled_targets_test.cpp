// Which targets have to be built for tests that only a rule leads to.
#include "analyzer/select/ruled_targets.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

const Graph graph = graph_from(R"(
  compile @build/plugin.o : net/plugin.cpp
  link @build/net/plugin.so : @build/plugin.o
  compile @build/linked.o : net/linked.cpp
  link @build/net/linked.so : @build/linked.o
  compile @build/demo.o : net/demo.cpp
  link @build/bin/demo : @build/demo.o
  compile @build/url.o : net/url.cpp
  link @build/bin/url_test : @build/url.o @build/net/linked.so
  target plugin MODULE_LIBRARY net @build/net/plugin.so @build/plugin.o
  target linked SHARED_LIBRARY net @build/net/linked.so @build/linked.o
  target demo EXECUTABLE net @build/bin/demo @build/demo.o
  target url_test EXECUTABLE net @build/bin/url_test @build/url.o
  test net/url in net executable @build/bin/url_test
  test net/closed in net declared_input net/closed.txt
  test db/schema in db argument db/schema.sql
  custom @build/gen/mid.dat : net/start.dat
  custom @build/tools/final.dat : @build/gen/mid.dat
  custom @build/net/split.dat : tools/split.dat
  output @build/net/split.dat @build/db/split.dat
  custom @build/docs/page.html : docs/page.dox
  default @build/gen/mid.dat @build/tools/final.dat @build/net/split.dat
)");

std::string needed(std::initializer_list<std::string> tests, const Settings& settings = {})
{
  std::vector<TestId> ids;
  for (const std::string& test : tests) {
    ids.push_back(graph.find_test(key_from(test)).value());
  }
  std::string names;
  for (const TargetId target : ruled_targets(graph, {&settings, nullptr}, ids)) {
    names += (names.empty() ? "" : " ") + std::string(graph.target_name(target));
  }
  return names;
}

std::string staged(std::initializer_list<std::string> tests, const Settings& settings = {})
{
  std::vector<TestId> ids;
  for (const std::string& test : tests) {
    ids.push_back(graph.find_test(key_from(test)).value());
  }
  std::string paths;
  for (const FileId file : ruled_copies(graph, {&settings, nullptr}, ids)) {
    paths += (paths.empty() ? "" : " ") + std::string(graph.path(file));
  }
  return paths;
}

Settings turned_around(ShippedRule rule, ShippedEffect effect)
{
  Settings settings;
  settings.shipped.set(rule, effect);
  return settings;
}

} // namespace

BOOST_AUTO_TEST_SUITE(targets_by_rule)

BOOST_AUTO_TEST_CASE(opaque_tests_may_load_the_plugins_of_their_part)
{
  BOOST_TEST(needed({"net/url"}) == "plugin");
  BOOST_TEST(needed({"net/closed", "db/schema"}) == "");
  BOOST_TEST(needed({}) == "");
}

BOOST_AUTO_TEST_CASE(what_the_project_says_of_plugins_holds)
{
  const ShippedRule plugins = ShippedRule::plugins;
  BOOST_TEST(needed({"net/url"}, turned_around(plugins, ShippedEffect::nothing)) == "");
  BOOST_TEST(needed({"db/schema"}, turned_around(plugins, ShippedEffect::everything)) == "plugin");
}

BOOST_AUTO_TEST_CASE(programs_count_where_the_project_says_so)
{
  BOOST_TEST(needed({"net/url"}, turned_around(ShippedRule::programs, ShippedEffect::part)) ==
             "demo plugin");
}

BOOST_AUTO_TEST_CASE(opaque_tests_may_read_what_is_staged_in_or_from_their_part)
{
  BOOST_TEST(staged({"net/url"}) ==
             "@build/gen/mid.dat @build/tools/final.dat @build/net/split.dat");
  BOOST_TEST(staged({"db/schema"}) == "@build/db/split.dat");
  BOOST_TEST(staged({"net/closed"}) == "");
  const ShippedRule rule = ShippedRule::staged_files;
  BOOST_TEST(staged({"net/url"}, turned_around(rule, ShippedEffect::nothing)) == "");
}

BOOST_AUTO_TEST_SUITE_END()
