// Which tests ctest's filters select; every expectation was taken from `ctest -N` of 3.25.
#include "daemon/client/ctest_selection.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using winnow::TestDescription;
using winnow::client::CTestAgreement;
using winnow::client::CTestFilters;
using winnow::client::select_tests;
using winnow::client::TestFilters;

namespace {

struct Fixtures {
  std::vector<std::string> setup;
  std::vector<std::string> required;
  std::vector<std::string> cleanup;
};

/// Tests of one directory, in order.
struct Listing {
  TestDescription& add(const std::string& name, std::vector<std::string> labels = {},
                       Fixtures fixtures = {})
  {
    TestDescription test;
    test.key.name = name;
    test.properties.edit().labels = std::move(labels);
    test.properties.edit().fixtures_setup = std::move(fixtures.setup);
    test.properties.edit().fixtures_required = std::move(fixtures.required);
    test.properties.edit().fixtures_cleanup = std::move(fixtures.cleanup);
    return tests.emplace_back(std::move(test));
  }

  /// "number:name" of the selected tests, separated by blanks.
  [[nodiscard]] std::string selected(const TestFilters& filters) const
  {
    return chosen(CTestFilters{.patterns = filters});
  }

  [[nodiscard]] std::string chosen(const CTestFilters& filters,
                                   CTestAgreement agreement = CTestAgreement::but_for_listed) const
  {
    const auto selection = select_tests(tests, filters, build_dir, agreement);
    BOOST_REQUIRE(selection.has_value());
    std::string text;
    for (const auto& [number, test] : selection->tests) {
      text += fmt::format("{}{}:{}", text.empty() ? "" : " ", number, tests[test].key.name);
    }
    return text;
  }

  [[nodiscard]] winnow::Result<winnow::client::CTestSelection>
  selection(const TestFilters& filters) const
  {
    return select_tests(tests, {.patterns = filters}, build_dir, CTestAgreement::but_for_listed);
  }

  std::vector<TestDescription> tests;
  winnow::tests::ScratchDirectory scratch;
  std::string build_dir = scratch / ".";
};

/// A chain of fixtures: `user` needs q, whose setup needs q2, whose cleanup needs q3.
struct Chain : Listing {
  Chain()
  {
    add("off", {}, {.required = {"q"}}).properties.edit().disabled = true;
    add("qs", {}, {.setup = {"q"}, .required = {"q2"}});
    add("q2s", {}, {.setup = {"q2"}, .required = {"q9"}}).properties.edit().disabled = true;
    add("q2c", {}, {.required = {"q3"}, .cleanup = {"q2"}});
    add("q3s", {}, {.setup = {"q3"}});
    add("user", {}, {.required = {"q"}});
    add("q9s", {}, {.setup = {"q9"}});
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_selection)

BOOST_FIXTURE_TEST_CASE(names_match_anywhere, Listing)
{
  add("pass");
  add("fails");
  add("will_pass");
  BOOST_TEST(selected({}) == "1:pass 2:fails 3:will_pass");
  BOOST_TEST(selected({.include = {"pass"}}) == "1:pass 3:will_pass");
  BOOST_TEST(selected({.include = {"^pass|fail"}}) == "1:pass 2:fails");
  BOOST_TEST(selected({.include = {"s"}, .exclude = {"will"}}) == "1:pass 2:fails");
}

BOOST_FIXTURE_TEST_CASE(repeated_labels_must_all_match_some_label, Listing)
{
  add("both", {"fast", "core"});
  add("fast", {"fast"});
  add("none");
  BOOST_TEST(selected({.label_include = {"core"}}) == "1:both");
  BOOST_TEST(selected({.label_include = {"fast", "core"}}) == "1:both");
  BOOST_TEST(selected({.label_include = {"f.st"}}) == "1:both 2:fast");
  BOOST_TEST(selected({.label_exclude = {"fast"}}) == "3:none");
  BOOST_TEST(selected({.label_exclude = {"fast", "core"}}) == "2:fast 3:none");
  BOOST_TEST(selected({.label_include = {"^$"}}) == "");
}

BOOST_FIXTURE_TEST_CASE(fixtures_follow_transitively, Chain)
{
  BOOST_TEST(selected({.include = {"^user$"}}) == "2:qs 3:q2s 4:q2c 5:q3s 6:user");
  BOOST_TEST(selected({.include = {"^q2c$"}}) == "4:q2c 5:q3s");
}

BOOST_FIXTURE_TEST_CASE(a_setup_alone_brings_no_cleanup_of_its_own, Chain)
{
  BOOST_TEST(selected({.include = {"^q3s$"}}) == "5:q3s");
}

BOOST_FIXTURE_TEST_CASE(a_disabled_test_needs_no_fixture, Chain)
{
  BOOST_TEST(selected({.include = {"^off$"}}) == "1:off");
}

BOOST_FIXTURE_TEST_CASE(fixtures_come_back_after_an_exclusion_beside_an_inclusion, Chain)
{
  BOOST_TEST(selected({.include = {"user"}, .exclude = {"s$"}}) == "2:qs 3:q2s 4:q2c 5:q3s 6:user");
}

BOOST_FIXTURE_TEST_CASE(an_exclusion_alone_hides_tests_and_shifts_numbers, Chain)
{
  BOOST_TEST(selected({.exclude = {"s$"}}) == "1:off 2:q2c 3:user");
  BOOST_TEST(selection({.exclude = {"s$"}})->numbered.size() == 3U);
  BOOST_TEST(selection({.include = {"user"}, .exclude = {"s$"}})->numbered.size() == 7U);
}

struct Five : Listing {
  Five()
  {
    for (const char* name : {"a1", "b2", "a3", "b4", "a5"}) {
      add(name);
    }
  }
};

BOOST_FIXTURE_TEST_CASE(numbers_count_within_what_matches, Five)
{
  BOOST_TEST(chosen(CTestFilters{.numbers = "2,4"}) == "2:b2 3:a3 4:b4");
  BOOST_TEST(chosen(CTestFilters{.patterns = {.include = {"a"}}, .numbers = "2"}) == "3:a3 5:a5");
  BOOST_TEST(chosen(CTestFilters{.numbers = "1,,2"}) == "1:a1 3:a3 5:a5");
  BOOST_TEST(chosen(CTestFilters{.numbers = "0,0,0,4,2"}) == "2:b2 4:b4");
  BOOST_TEST(chosen(CTestFilters{.numbers = "9"}) == "1:a1 2:b2 3:a3 4:b4 5:a5");
  BOOST_TEST(chosen(CTestFilters{.numbers = "9,10"}) == "");
}

BOOST_FIXTURE_TEST_CASE(united_numbers_count_all_tests, Five)
{
  BOOST_TEST(
      chosen(CTestFilters{.patterns = {.include = {"a"}}, .numbers = "2,2", .united = true}) ==
      "1:a1 2:b2 3:a3 5:a5");
  BOOST_TEST(chosen(CTestFilters{.patterns = {.include = {"b"}}, .united = true}) ==
             "1:a1 2:b2 3:a3 4:b4 5:a5");
}

BOOST_FIXTURE_TEST_CASE(numbers_may_stand_in_a_file, Five)
{
  std::ofstream(scratch / "numbers") << "2,3\nmore\n";
  BOOST_TEST(chosen(CTestFilters{.numbers = "numbers"}) == "2:b2 3:a3");
  std::ofstream(scratch / "numbers") << "4,4\r\n";
  BOOST_TEST(chosen(CTestFilters{.numbers = "numbers"}) == "4:b4");
  BOOST_TEST(
      select_tests(tests, {.numbers = "no_such_file"}, build_dir, CTestAgreement::but_for_listed)
          .error()
          .message == "-I: 'no_such_file' is no number");
}

BOOST_FIXTURE_TEST_CASE(names_in_files_are_exact, Five)
{
  std::ofstream(scratch / "some") << "a1\r\nb\nb4\n";
  BOOST_TEST(chosen(CTestFilters{.names_file = "some"}) == "1:a1 4:b4");
  BOOST_TEST(chosen(CTestFilters{.excluded_names_file = scratch / "some"}) == "2:b2 3:a3 5:a5");
  BOOST_TEST(select_tests(tests, {.names_file = "none"}, build_dir, CTestAgreement::but_for_listed)
                 .has_error());
}

struct FailedBefore : Five {
  FailedBefore() { std::filesystem::create_directories(scratch / "Testing/Temporary"); }

  void failed(const std::string& lines) const
  {
    std::ofstream(scratch / "Testing/Temporary/LastTestsFailed.log") << lines;
  }
};

BOOST_FIXTURE_TEST_CASE(what_failed_is_found_by_name_unless_it_is_to_be_like_ctest, FailedBefore)
{
  const CTestFilters rerun{.patterns = {.include = {"b"}}, .rerun_failed = true};
  failed("1:a1\n3:b4\n9:gone\n");
  BOOST_TEST(chosen(rerun) == "1:a1 4:b4");
  BOOST_TEST(chosen(rerun, CTestAgreement::strict) == "1:a1 3:a3");
}

BOOST_FIXTURE_TEST_CASE(a_name_that_repeats_goes_by_number_or_means_all, FailedBefore)
{
  add("b2");
  const CTestFilters rerun{.rerun_failed = true};
  failed("6:b2\n");
  BOOST_TEST(chosen(rerun) == "6:b2");
  failed("5:b2\n");
  BOOST_TEST(chosen(rerun) == "2:b2 6:b2");
}

BOOST_FIXTURE_TEST_CASE(without_a_list_of_what_failed_all_run, FailedBefore)
{
  BOOST_TEST(chosen(CTestFilters{.rerun_failed = true}) == "1:a1 2:b2 3:a3 4:b4 5:a5");
  failed("8:gone\n");
  BOOST_TEST(chosen(CTestFilters{.rerun_failed = true}) == "");
}

BOOST_FIXTURE_TEST_CASE(setups_and_cleanups_can_be_left_out, Listing)
{
  add("s", {}, {.setup = {"db"}});
  add("c", {}, {.cleanup = {"db"}});
  add("user", {}, {.required = {"db"}});
  const TestFilters user{.include = {"user"}};
  BOOST_TEST(chosen(CTestFilters{.patterns = user, .without_fixtures = "d"}) == "3:user");
  BOOST_TEST(chosen(CTestFilters{.patterns = user, .without_setups = "^db$"}) == "2:c 3:user");
  BOOST_TEST(chosen(CTestFilters{.patterns = user, .without_cleanups = "db"}) == "1:s 3:user");
  BOOST_TEST(chosen(CTestFilters{.patterns = user, .without_cleanups = "d$"}) == "1:s 2:c 3:user");
  // ctest makes `xy(xy)|(d)` of the two, which db matches as well, and of the others `db(db)|(x)`.
  const CTestFilters both{.patterns = user, .without_fixtures = "db", .without_setups = "x"};
  BOOST_TEST(chosen(both) == "3:user");
  BOOST_TEST(chosen(both, CTestAgreement::strict) == "1:s 3:user");
}

BOOST_FIXTURE_TEST_CASE(a_broken_pattern_is_an_error_and_not_an_empty_run, Listing)
{
  add("a");
  BOOST_TEST(selection({.include = {"a("}}).has_error());
  BOOST_TEST(selection({.exclude = {"a("}}).has_error());
  BOOST_TEST(selection({.label_include = {"[a"}}).has_error());
  BOOST_TEST(selection({.label_exclude = {"a", "*"}}).has_error());
}

BOOST_AUTO_TEST_CASE(out_of_date_counts_last_but_for_fixtures_and_leaves_the_numbers)
{
  Listing listing;
  listing.add("a");
  listing.add("setup", {}, {.setup = {"F"}});
  listing.add("b", {}, {.required = {"F"}});
  listing.add("c");
  const auto selected = [&](CTestFilters filters, std::size_t out_of_date) {
    filters.out_of_date = true;
    const auto selection =
        select_tests(listing.tests, filters, listing.build_dir, CTestAgreement::but_for_listed,
                     [=](std::size_t test) { return test == out_of_date; });
    std::string text;
    for (const auto& [number, test] : selection->tests) {
      text += fmt::format("{}:{} ", number, listing.tests[test].key.name);
    }
    return text;
  };
  BOOST_TEST(selected({}, 2) == "2:setup 3:b ");
  BOOST_TEST(selected({}, 3) == "4:c ");
  BOOST_TEST(selected({.patterns = {.include = {"c"}}}, 2) == "");
  BOOST_TEST(selected({.patterns = {.include = {"b|c"}}, .numbers = "2,2"}, 3) == "4:c ");
  BOOST_TEST(selected({.patterns = {.include = {"b|c"}}, .numbers = "1,1"}, 3) == "");
}

BOOST_AUTO_TEST_SUITE_END()
