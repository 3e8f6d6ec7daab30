// What the rules of a project make of a change: its own, and the shipped ones turned around.
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

constexpr std::string_view project = R"(
  compile @build/url.o : net/url.cpp net/url.h
  link @build/bin/url_test : @build/url.o
  compile @build/plugin.o : net/plugin.cpp
  link @build/net/plugin.so : @build/plugin.o
  compile @build/demo.o : net/demo.cpp
  link @build/bin/demo : @build/demo.o
  target url_test EXECUTABLE net @build/bin/url_test @build/url.o
  target plugin MODULE_LIBRARY net @build/net/plugin.so @build/plugin.o
  target demo EXECUTABLE net @build/bin/demo @build/demo.o
  test net/url in net executable @build/bin/url_test
  test net/shell in net argument net/shell.sh
  test db/schema in db argument db/schema.sql
  test db/closed in db argument db/closed.sh declared_input db/closed.txt
)";

ProjectRule rule(std::string pattern, ProjectRule::Effect effect, TestSelector tests = {})
{
  ProjectRule made;
  made.name = "winnow.json:" + pattern;
  made.patterns.push_back(PathPattern::compile(pattern).value());
  made.effect = effect;
  made.tests = std::move(tests);
  return made;
}

Settings with_rules(std::vector<ProjectRule> rules)
{
  Settings settings;
  settings.rules = std::move(rules);
  return settings;
}

Settings turned_around(ShippedRule rule, ShippedEffect effect)
{
  Settings settings;
  settings.shipped.set(rule, effect);
  return settings;
}

TestSelector named(std::vector<std::string> tests)
{
  return {std::move(tests), {}, {}};
}

/// "name:reason(rule) …" in front of it "fallback(cause path rule)", behind it "ignored(path
/// rule)".
std::string selected(const Settings& settings, std::initializer_list<std::string_view> files,
                     const TestLabels* labels = nullptr, std::string_view text = project)
{
  const Graph graph = graph_from(text);
  SelectionRules rules;
  rules.settings = &settings;
  rules.labels = labels;
  const Selection selection = select_affected(graph, change_of(files), rules);
  std::string said;
  const auto say = [&](const std::string& part) { said += (said.empty() ? "" : " ") + part; };
  if (selection.fallback) {
    say("fallback(" + std::string(name_of(selection.fallback->cause).name) + " " +
        selection.fallback->paths.front() + " " + selection.fallback->rule + ")");
  } else {
    for (const SelectedTest& test : selection.tests) {
      const Reason& reason = test.reasons.front();
      say(graph.key(test.test).display() + ":" + std::string(name_of(reason.kind)) +
          (reason.rule.empty() ? "" : "(" + reason.rule + ")"));
    }
  }
  for (const IgnoredFile& file : selection.ignored) {
    say("ignored(" + file.path + " " + file.rule + ")");
  }
  return said;
}

using Effect = ProjectRule::Effect;

} // namespace

BOOST_AUTO_TEST_SUITE(project_rules)

BOOST_AUTO_TEST_CASE(an_ignored_file_selects_nothing_and_the_rule_is_named)
{
  const Settings settings = with_rules({rule("net/*.json", Effect::ignore)});
  BOOST_TEST(selected({}, {"net/table.json"}) ==
             "net/shell:same_part(unbuilt_files) net/url:same_part(unbuilt_files)");
  BOOST_TEST(selected(settings, {"net/table.json"}) ==
             "ignored(net/table.json winnow.json:net/*.json)");
}

BOOST_AUTO_TEST_CASE(no_rule_overrides_an_edge)
{
  const Settings settings = with_rules({rule("*", Effect::ignore)});
  BOOST_TEST(selected(settings, {"net/url.h"}) == "net/url:changed_file");
  BOOST_TEST(selected(settings, {"db/schema.sql"}) == "db/schema:changed_file");
}

BOOST_AUTO_TEST_CASE(no_rule_hides_a_header_that_may_be_found_by_its_name)
{
  const Settings settings = with_rules({rule("*", Effect::ignore)});
  BOOST_TEST(selected(settings, {"+first/url.h"}) ==
             "net/url:shadowed_header ignored(first/url.h winnow.json:*)");
}

BOOST_AUTO_TEST_CASE(no_rule_hides_what_may_be_included_where_headers_are_not_recorded)
{
  constexpr std::string_view unbuilt = R"(
    compile? @build/a.o : a.cpp
    link @build/a_test : @build/a.o
    test a in . executable @build/a_test
  )";
  const Settings settings = with_rules({rule("*", Effect::ignore)});
  BOOST_TEST(selected(settings, {"any.h"}, nullptr, unbuilt) ==
             "a:unknown_headers ignored(any.h winnow.json:*)");
}

BOOST_AUTO_TEST_CASE(a_rule_adds_tests_to_those_that_edges_select)
{
  const Settings settings = with_rules({rule("net/url.h", Effect::tests, named({"db/schema"}))});
  BOOST_TEST(selected(settings, {"net/url.h"}) ==
             "db/schema:project_rule(winnow.json:net/url.h) net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(a_rule_that_names_tests_decides_for_a_file_without_edges)
{
  const Settings settings =
      with_rules({rule("tools/", Effect::tests, named({"schema", "net/u*"}))});
  BOOST_TEST(selected({}, {"tools/x.dat"}) == "fallback(unknown_file tools/x.dat )");
  BOOST_TEST(selected(settings, {"tools/x.dat"}) == "db/schema:project_rule(winnow.json:tools/) "
                                                    "net/url:project_rule(winnow.json:tools/)");
}

BOOST_AUTO_TEST_CASE(tests_can_be_named_by_label_and_by_directory)
{
  const TestLabels labels{{{"db", "closed"}, {"slow", "sql"}}};
  const Settings settings =
      with_rules({rule("x", Effect::tests, {{}, {"sql"}, {}}),
                  rule("y", Effect::tests, {{}, {}, {PathPattern::compile("db/").value()}})});
  BOOST_TEST(selected(settings, {"x"}, &labels) == "db/closed:project_rule(winnow.json:x)");
  BOOST_TEST(selected(settings, {"y"}, &labels) == "db/closed:project_rule(winnow.json:y) "
                                                   "db/schema:project_rule(winnow.json:y)");
}

BOOST_AUTO_TEST_CASE(a_rule_that_names_a_test_that_is_gone_decides_nothing)
{
  const Settings settings =
      with_rules({rule("tools/", Effect::tests, named({"schema", "renamed_since"})),
                  rule("tools/", Effect::ignore)});
  BOOST_TEST(selected(settings, {"tools/x.dat"}) == "fallback(unknown_file tools/x.dat )");
  BOOST_TEST(selected(with_rules({rule("*.md", Effect::tests, named({"gone"}))}), {"db/a.md"}) ==
             "db/schema:same_part(unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_matches_counts)
{
  const Settings settings =
      with_rules({rule("net/keep.json", Effect::everything), rule("net/*.json", Effect::ignore),
                  rule("*", Effect::tests, named({"schema"}))});
  BOOST_TEST(selected(settings, {"net/keep.json"}) ==
             "fallback(rule net/keep.json winnow.json:net/keep.json)");
  BOOST_TEST(selected(settings, {"net/a.json"}) == "ignored(net/a.json winnow.json:net/*.json)");
  BOOST_TEST(selected(settings, {"a.dat"}) == "db/schema:project_rule(winnow.json:*)");
}

BOOST_AUTO_TEST_CASE(a_rule_can_make_a_known_file_affect_everything)
{
  const Settings settings = with_rules({rule("net/url.h", Effect::everything)});
  BOOST_TEST(selected(settings, {"net/url.h"}) == "fallback(rule net/url.h winnow.json:net/url.h)");
}

BOOST_AUTO_TEST_CASE(a_harmless_file_can_be_made_to_count)
{
  const Settings settings = with_rules({rule("db/README.md", Effect::judge)});
  BOOST_TEST(selected(settings, {"db/README.md"}) == "db/schema:same_part(unbuilt_files)");
  BOOST_TEST(selected(settings, {"db/NOTES.md"}) == "ignored(db/NOTES.md harmless_files)");
}

BOOST_AUTO_TEST_CASE(what_a_setup_selected_by_a_rule_serves_is_selected_by_that_rule)
{
  const std::string with_fixture = std::string(project) + "needs net/url fixture_setup db/schema\n";
  const Settings settings = with_rules({rule("x", Effect::tests, named({"schema"}))});
  BOOST_TEST(selected(settings, {"x"}, nullptr, with_fixture) ==
             "db/schema:project_rule(winnow.json:x) net/url:project_rule(winnow.json:x)");
}

BOOST_AUTO_TEST_CASE(files_of_the_build_tree_are_beyond_rules)
{
  const Settings settings = with_rules({rule("*", Effect::everything)});
  BOOST_TEST(selected(settings, {"@build/url.o"}) == "net/url:changed_file");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(shipped_rules_turned_around)

BOOST_AUTO_TEST_CASE(harmless_files_may_count)
{
  const ShippedRule harmless = ShippedRule::harmless_files;
  BOOST_TEST(selected({}, {"db/a.md"}) == "ignored(db/a.md harmless_files)");
  BOOST_TEST(selected(turned_around(harmless, ShippedEffect::part), {"db/a.md"}) ==
             "db/schema:same_part(harmless_files)");
  BOOST_TEST(selected(turned_around(harmless, ShippedEffect::everything), {"db/a.md"}) ==
             "fallback(rule db/a.md harmless_files)");
}

BOOST_AUTO_TEST_CASE(unbuilt_files_may_select_nothing_or_everything)
{
  const ShippedRule unbuilt = ShippedRule::unbuilt_files;
  BOOST_TEST(selected({}, {"db/a.dat"}) == "db/schema:same_part(unbuilt_files)");
  BOOST_TEST(selected(turned_around(unbuilt, ShippedEffect::nothing), {"db/a.dat"}) ==
             "ignored(db/a.dat unbuilt_files)");
  BOOST_TEST(selected(turned_around(unbuilt, ShippedEffect::everything), {"db/a.dat"}) ==
             "fallback(rule db/a.dat unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(unbuilt_files_outside_of_every_part_select_everything_still)
{
  const Settings settings = turned_around(ShippedRule::unbuilt_files, ShippedEffect::nothing);
  BOOST_TEST(selected(settings, {"tools/a.dat"}) == "fallback(unknown_file tools/a.dat )");
  BOOST_TEST(selected(settings, {"+db/new.cpp"}) == "fallback(unknown_file db/new.cpp )");
}

BOOST_AUTO_TEST_CASE(plugins_may_select_nothing_or_everything)
{
  const ShippedRule plugins = ShippedRule::plugins;
  BOOST_TEST(selected({}, {"net/plugin.cpp"}) ==
             "net/shell:same_part(plugins) net/url:same_part(plugins)");
  BOOST_TEST(selected(turned_around(plugins, ShippedEffect::nothing), {"net/plugin.cpp"}) == "");
  BOOST_TEST(selected(turned_around(plugins, ShippedEffect::everything), {"net/plugin.cpp"}) ==
             "fallback(rule net/plugin.cpp plugins)");
}

BOOST_AUTO_TEST_CASE(programs_may_select_their_part_or_everything)
{
  const ShippedRule programs = ShippedRule::programs;
  BOOST_TEST(selected({}, {"net/demo.cpp"}) == "");
  BOOST_TEST(selected(turned_around(programs, ShippedEffect::part), {"net/demo.cpp"}) ==
             "net/shell:same_part(programs) net/url:same_part(programs)");
  BOOST_TEST(selected(turned_around(programs, ShippedEffect::everything), {"net/demo.cpp"}) ==
             "fallback(rule net/demo.cpp programs)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(declared_closures)

BOOST_AUTO_TEST_CASE(a_test_declared_closed_is_no_part_of_its_part)
{
  Settings settings;
  settings.closed = named({"net/shell"});
  BOOST_TEST(selected(settings, {"net/a.dat"}) == "net/url:same_part(unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(a_test_declared_opaque_is_though_its_inputs_are_declared)
{
  Settings settings;
  settings.closed = named({"db/*"});
  settings.opaque = named({"closed"});
  BOOST_TEST(selected(settings, {"db/a.dat"}) == "db/closed:same_part(unbuilt_files)");
}

BOOST_AUTO_TEST_SUITE_END()
