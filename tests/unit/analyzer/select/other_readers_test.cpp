// Who else may read data that somebody is known to read.
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

/// One test is given each file of t/data; `app` names t.txt itself, `lister` all of a directory.
constexpr std::string_view project = R"(
  compile @build/lint.o : lint.c
  link @build/lint : @build/lint.o
  compile @build/app.o : t/app.c reading.h
  link @build/app : @build/app.o
  compile @build/maker.o : t/maker.c
  link @build/maker : @build/maker.o
  compile @build/lister.o : t/lister.c
  link @build/lister : @build/lister.o
  compile @build/quiet.o : t/quiet.c
  link @build/quiet : @build/quiet.o
  include t/app.c literal t.txt
  include lint.c literal t.txt
  include lint.c literal .txt
  include t/maker.c literal .csv
  include t/lister.c literal data/
  test lint.t in t executable @build/lint argument t/data/t.txt
  test lint.u in t executable @build/lint argument t/data/u.txt
  test lint.all in t executable @build/lint
  test sum in t executable @build/quiet argument t/data/t.csv
  test app in t executable @build/app
  test app.closed in t executable @build/app declared_input t/closed.dat
  test app.elsewhere in other executable @build/app
  test app.user in t executable @build/quiet
  needs app.user fixture_setup app
  test maker in t executable @build/maker
  test lister in t executable @build/lister
  test quiet in t executable @build/quiet
  test script in t argument t/script.sh
  test shell in t argument t/other.sh argument t/names mentioned_in_script t/script.sh
)";

std::string selected(std::string_view text, std::string_view file,
                     const Settings* settings = nullptr)
{
  const Graph graph = graph_from(text);
  SelectionRules rules;
  rules.settings = settings;
  const Selection selection = select_affected(graph, change_of({file}), rules);
  std::string names = selection.fallback ? "fallback" : "";
  for (const SelectedTest& test : selection.tests) {
    const Reason& reason = test.reasons.front();
    names += (names.empty() ? "" : " ") + graph.key(test.test).display() +
             (reason.rule.empty() ? "" : "(" + reason.rule + ")");
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(data_that_somebody_reads)

BOOST_AUTO_TEST_CASE(is_read_by_programs_whose_sources_name_it)
{
  BOOST_TEST(selected(project, "t/data/t.txt") ==
             "app(shared_data) app.user(shared_data) lint.all(shared_data) lint.t "
             "lister(shared_data)");
}

BOOST_AUTO_TEST_CASE(may_have_a_name_that_is_put_together)
{
  BOOST_TEST(selected(project, "t/data/t.csv") == "lister(shared_data) maker(shared_data) sum");
}

BOOST_AUTO_TEST_CASE(is_not_read_by_those_that_are_given_another_file_in_its_place)
{
  BOOST_TEST(selected(project, "t/data/u.txt") ==
             "lint.all(shared_data) lint.u lister(shared_data)");
}

BOOST_AUTO_TEST_CASE(of_an_open_name_is_read_by_all_around_that_run_what_is_built)
{
  BOOST_TEST(selected(project, "t/names") ==
             "app(shared_data) app.user(shared_data) lint.all(shared_data) lint.t(shared_data) "
             "lint.u(shared_data) lister(shared_data) maker(shared_data) quiet(shared_data) shell "
             "sum(shared_data)");
}

BOOST_AUTO_TEST_CASE(of_an_open_name_is_no_data_where_a_step_reads_it)
{
  const std::string linked = std::string(project) + "\n  input @build/quiet.o header t/names\n";
  BOOST_TEST(selected(linked, "t/names") == "app app.user quiet shell sum");
}

BOOST_AUTO_TEST_CASE(is_read_by_the_scripts_that_mention_it)
{
  BOOST_TEST(selected(project, "t/script.sh") == "script shell");
}

BOOST_AUTO_TEST_CASE(may_be_read_by_what_nobody_can_look_into)
{
  const std::string unreadable = std::string(project) + "\n  include t/quiet.c literal\n";
  BOOST_TEST(selected(unreadable, "t/data/u.txt") ==
             "app app.user(shared_data) lint.all(shared_data) lint.u lister(shared_data) "
             "quiet(shared_data) sum(shared_data)");
}

BOOST_AUTO_TEST_CASE(is_judged_by_a_rule_that_can_be_turned_around)
{
  Settings settings;
  settings.shipped.set(ShippedRule::shared_data, ShippedEffect::nothing);
  BOOST_TEST(selected(project, "t/data/t.txt", &settings) == "lint.t");
  settings.shipped.set(ShippedRule::shared_data, ShippedEffect::everything);
  BOOST_TEST(selected(project, "t/data/t.txt", &settings).starts_with("fallback"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_file_beside_inputs_of_commands)

/// gen.py makes a header; part.in is an input of another command, which is copied.
constexpr std::string_view generators = R"(
  custom @build/gen.h : tools/gen.py
  compile @build/app.o : app.c @build/gen.h
  link @build/app : @build/app.o
  test app in lib executable @build/app
  custom @build/list.h : tools/lists/a.in
  compile @build/user.o : user.c @build/list.h
  link @build/user : @build/user.o
  test user in lib executable @build/user
  custom @build/copied.txt : tools/lists/copied.txt
  test copied in lib argument @build/copied.txt
  test selftest in tools argument tools/selftest.py
)";

BOOST_AUTO_TEST_CASE(may_be_imported_by_a_script)
{
  BOOST_TEST(selected(generators, "tools/helpers.py") ==
             "app(unbuilt_files) selftest(unbuilt_files)");
  BOOST_TEST(selected(generators, "tools/table.dat") ==
             "app(unbuilt_files) selftest(unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(may_lie_one_level_below_a_script)
{
  BOOST_TEST(selected(generators, "tools/templates/a.txt") ==
             "app(unbuilt_files) selftest(unbuilt_files)");
  BOOST_TEST(selected(generators, "tools/templates/deep/a.txt") == "selftest(unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(may_be_included_by_one_of_its_kind)
{
  BOOST_TEST(selected(generators, "tools/lists/b.in") ==
             "app(unbuilt_files) selftest(unbuilt_files) user(unbuilt_files)");
}

BOOST_AUTO_TEST_CASE(has_another_use_where_an_input_mentions_it)
{
  const std::string mentioned =
      std::string(generators) + "\n  input @build/list.h mentioned tools/helpers.py\n";
  BOOST_TEST(selected(mentioned, "tools/helpers.py") == "selftest(unbuilt_files) user");
}

BOOST_AUTO_TEST_CASE(is_not_read_by_what_copies_another_one)
{
  BOOST_TEST(selected(generators, "tools/lists/b.txt") ==
             "app(unbuilt_files) selftest(unbuilt_files)");
}

BOOST_AUTO_TEST_SUITE_END()
