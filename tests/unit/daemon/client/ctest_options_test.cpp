// How ctest's arguments and environment are read.
#include "daemon/client/ctest_options.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

using winnow::client::CTestMode;
using winnow::client::CTestOptions;
using winnow::client::CTestVerbosity;
using winnow::client::NoTests;
using winnow::client::parse_ctest_options;
using Words = std::vector<std::string>;

namespace {

CTestOptions parsed(const Words& arguments, const Words& environment = {})
{
  const auto options = parse_ctest_options(arguments, environment);
  BOOST_REQUIRE(options.has_value());
  return *options;
}

/// The message of the refusal, "" if there is none.
std::string refusal(const Words& arguments, const Words& environment = {})
{
  const auto options = parse_ctest_options(arguments, environment);
  return options.has_error() ? options.error().message : "";
}

bool mentions(const std::string& message, std::string_view what)
{
  return message.find(what) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_options)

BOOST_AUTO_TEST_CASE(default_to_one_test_at_a_time)
{
  const CTestOptions options = parsed({});
  BOOST_TEST(options.jobs.value() == 1U);
  BOOST_TEST((options.mode == CTestMode::run));
  BOOST_TEST((options.no_tests == NoTests::warn));
  BOOST_TEST((options.verbosity == CTestVerbosity::normal));
  BOOST_TEST(!options.timeout_s.has_value());
}

BOOST_AUTO_TEST_CASE(tell_of_themselves)
{
  BOOST_TEST((parsed({"--help"}).mode == CTestMode::help));
  BOOST_TEST((parsed({"-h"}).mode == CTestMode::help));
  BOOST_TEST(mentions(winnow::client::ctest_help(), "  -R,--tests-regex VALUE        Only tests"));
}

BOOST_AUTO_TEST_CASE(give_the_number_of_jobs_in_every_form)
{
  for (const Words& words : {Words{"-j4"}, Words{"-j", "4"}, Words{"--parallel", "4"},
                             Words{"--parallel=4"}, Words{"-j", "-j4"}}) {
    BOOST_TEST(parsed(words).jobs.value() == 4U);
  }
  BOOST_TEST(parsed({"-j", "0"}).jobs.value() == 0U);
}

BOOST_AUTO_TEST_CASE(a_bare_j_leaves_the_next_argument_alone)
{
  const CTestOptions options = parsed({"-j", "-R", "x"});
  BOOST_TEST(!options.jobs.has_value());
  BOOST_TEST(options.filters.patterns.include == Words{"x"});
  BOOST_TEST(!parsed({"-j"}).jobs.has_value());
}

BOOST_AUTO_TEST_CASE(the_last_name_filter_counts_and_labels_add_up)
{
  const CTestOptions options = parsed({"-R", "a", "-R", "b", "-E", "c", "-L", "l", "--label-regex",
                                       "m", "-LE", "n", "--exclude-regex=d"});
  BOOST_TEST(options.filters.patterns.include == Words{"b"});
  BOOST_TEST(options.filters.patterns.exclude == Words{"d"});
  BOOST_TEST(options.filters.patterns.label_include == (Words{"l", "m"}),
             boost::test_tools::per_element());
  BOOST_TEST(options.filters.patterns.label_exclude == Words{"n"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_may_look_like_options)
{
  BOOST_TEST(parsed({"-R", "-j4"}).filters.patterns.include == Words{"-j4"});
}

BOOST_AUTO_TEST_CASE(set_the_rest)
{
  const CTestOptions options = parsed(
      {"--test-dir", "build", "-C", "Debug", "-N", "-V", "--timeout", "2.5", "--output-on-failure",
       "--stop-on-failure", "--no-tests=error", "--output-junit", "j.xml", "--no-label-summary"});
  BOOST_TEST(options.test_dir == "build");
  BOOST_TEST(options.configuration == "Debug");
  BOOST_TEST((options.mode == CTestMode::list));
  BOOST_TEST((options.verbosity == CTestVerbosity::verbose));
  BOOST_TEST(options.timeout_s.value() == 2.5);
  BOOST_TEST(options.output_on_failure);
  BOOST_TEST(options.stop_on_failure);
  BOOST_TEST((options.no_tests == NoTests::fail));
  BOOST_TEST(options.junit_file == "j.xml");
  BOOST_TEST(!options.label_summary);
  BOOST_TEST((parsed({"--no-tests=ignore"}).no_tests == NoTests::ignore));
  BOOST_TEST((parsed({"--show-only=human"}).mode == CTestMode::list));
  BOOST_TEST((parsed({"-Q", "-VV"}).verbosity == CTestVerbosity::quiet));
}

BOOST_AUTO_TEST_CASE(the_environment_counts_where_no_option_does)
{
  BOOST_TEST(parsed({}, {"CTEST_PARALLEL_LEVEL=3"}).jobs.value() == 3U);
  BOOST_TEST(parsed({"-j2"}, {"CTEST_PARALLEL_LEVEL=3"}).jobs.value() == 2U);
  BOOST_TEST(parsed({}, {"CTEST_PARALLEL_LEVEL="}).jobs.value() == 1U);
  BOOST_TEST(parsed({}, {"CTEST_OUTPUT_ON_FAILURE=1"}).output_on_failure);
  BOOST_TEST(!parsed({}, {"CTEST_OUTPUT_ON_FAILURE=off"}).output_on_failure);
  BOOST_TEST((parsed({}, {"CTEST_NO_TESTS_ACTION=error"}).no_tests == NoTests::fail));
  BOOST_TEST(mentions(refusal({}, {"CTEST_PARALLEL_LEVEL=x"}), "CTEST_PARALLEL_LEVEL"));
}

BOOST_AUTO_TEST_CASE(say_which_tests)
{
  const CTestOptions options =
      parsed({"-I", "2,9", "-U", "--rerun-failed", "-FA", "a", "-FS", "s", "-FC", "c",
              "--tests-from-file", "only", "--exclude-from-file", "never"});
  BOOST_TEST(options.filters.numbers == "2,9");
  BOOST_TEST(options.filters.united);
  BOOST_TEST(options.filters.rerun_failed);
  BOOST_TEST(options.filters.without_fixtures == "a");
  BOOST_TEST(options.filters.without_setups == "s");
  BOOST_TEST(options.filters.without_cleanups == "c");
  BOOST_TEST(options.filters.names_file == "only");
  BOOST_TEST(options.filters.excluded_names_file == "never");
}

BOOST_AUTO_TEST_CASE(tell_of_the_tests_in_several_ways)
{
  BOOST_TEST((parsed({"--show-only=json-v1"}).mode == CTestMode::list_as_json));
  BOOST_TEST((parsed({"--print-labels", "-N"}).mode == CTestMode::print_labels));
  BOOST_TEST((parsed({"--show-only=json-v1", "-N"}).mode == CTestMode::list_as_json));
  BOOST_TEST((parsed({"--version"}).mode == CTestMode::version));
}

BOOST_AUTO_TEST_CASE(what_is_not_about_running_tests_is_left_to_ctest)
{
  for (const char* option : {"-D", "-DNAME=value", "-T", "-S", "-M", "--build-and-test", "-A",
                             "--launch", "--help-full"}) {
    BOOST_TEST_CONTEXT(option)
    {
      BOOST_TEST((parsed({"-N", option, "--whatever"}).mode == CTestMode::delegate));
    }
  }
  BOOST_TEST((parsed({"-R", "-D", "-N"}).mode == CTestMode::list));
  BOOST_TEST((parsed({"--repeat", "until-pass:2", "-T", "Start"}).mode == CTestMode::delegate));
}

BOOST_AUTO_TEST_CASE(a_form_of_lists_that_is_not_known_is_refused)
{
  BOOST_TEST(mentions(refusal({"--show-only=json-v2"}), "json-v1"));
}

BOOST_AUTO_TEST_CASE(name_a_preset_of_which_the_first_counts)
{
  const CTestOptions options =
      parsed({"--preset=a", "--presets-file", "f", "--preset", "b", "--list-presets"});
  BOOST_TEST((options.preset == "a"));
  BOOST_TEST(options.presets_file == "f");
  BOOST_TEST(options.list_presets);
  BOOST_TEST(!parsed({}).preset.has_value());
  BOOST_TEST(mentions(refusal({"--preset"}), "--preset needs a value"));
}

BOOST_AUTO_TEST_CASE(overwrite_the_configuration_file)
{
  const CTestOptions options =
      parsed({"--overwrite", "A=B=C", "--overwrite=D=", "--overwrite", "D=1"});
  BOOST_TEST(options.overwritten.at("A") == "B=C");
  BOOST_TEST(options.overwritten.at("D") == "1");
  BOOST_TEST(mentions(refusal({"--overwrite", "A"}), "'A' is no KEY=VALUE"));
  BOOST_TEST((parsed({"--overwrite", "A=B", "-T", "Test"}).mode == CTestMode::delegate));
}

BOOST_AUTO_TEST_CASE(leave_what_follows_two_dashes_to_the_tests)
{
  BOOST_TEST((parsed({"-N", "--", "-R", "-T", "x"}).for_tests == Words{"-R", "-T", "x"}));
  BOOST_TEST(parsed({"-N", "--"}).for_tests.empty());
}

BOOST_AUTO_TEST_CASE(what_ctest_does_not_have_is_refused_with_a_suggestion)
{
  BOOST_TEST(mentions(refusal({"--output-on-failur"}), "did you mean --output-on-failure?"));
  for (const char* word : {"--bogus", "stray", "-Rname", ""}) {
    BOOST_TEST(mentions(refusal({word}), "is no option of ctest"));
  }
}

BOOST_AUTO_TEST_CASE(values_that_are_none_are_refused)
{
  for (const Words& words :
       {Words{"-j4x"}, Words{"--parallel=x"}, Words{"--timeout", "x"}, Words{"--timeout", "-1"},
        Words{"--timeout", "nan"}, Words{"--no-tests=foo"}, Words{"-R"}, Words{"--test-dir"},
        Words{"--output-on-failure=1"}, Words{"-j", "99999999999"}}) {
    BOOST_TEST_CONTEXT(words.front())
    {
      BOOST_TEST(mentions(refusal(words), words[0].substr(0, 2)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
