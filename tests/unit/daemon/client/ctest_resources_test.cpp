// Who says which resources there are, and what is told of tests for which they do not do.
#include "daemon/client/ctest_resources.hpp"
#include "daemon/client/ctest_wording.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::client;

namespace {

TestProperties& add(RunRequest& request, std::string name)
{
  RequestedTest test;
  test.description.key.name = std::move(name);
  request.tests.push_back(std::move(test));
  return request.tests.back().description.properties.edit();
}

RunRequest with_generator()
{
  RunRequest request;
  TestProperties& generator = add(request, "gen");
  generator.fixtures_setup = {"f"};
  generator.others = {{"GENERATED_RESOURCE_SPEC_FILE", "made.json"}};
  TestProperties& user = add(request, "user");
  user.resource_groups = {{{"gpus", 1}}};
  user.fixtures_required = {"e", "f"};
  add(request, "other");
  return request;
}

std::string objection(const RunRequest& request)
{
  const auto checked = check_generated_resources(request);
  return checked ? "" : checked.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(resources_under_ctest)

BOOST_AUTO_TEST_CASE(the_option_beats_the_build_tree)
{
  BOOST_TEST(!resources_there_are("", "", "/").value());
  const auto by_option = resources_there_are("no_option", "no_build", "/");
  BOOST_TEST(by_option.error().message.find(" no_option: File not found") != std::string::npos);
  const auto by_tree = resources_there_are("", "no_build", "/");
  BOOST_TEST(by_tree.error().message.find(" no_build: File not found") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_test_may_tell_for_those_that_use_its_fixture)
{
  BOOST_TEST(objection(with_generator()) == "");
  RunRequest request = with_generator();
  add(request, "again").others = {{"GENERATED_RESOURCE_SPEC_FILE", "other.json"}};
  BOOST_TEST(
      objection(request).starts_with("gen and again both have GENERATED_RESOURCE_SPEC_FILE"));
  request = with_generator();
  request.tests[0].description.properties.edit().fixtures_setup = {"f", "g"};
  BOOST_TEST(objection(request).find("2 fixtures") != std::string::npos);
  request.tests[0].description.properties.edit().fixtures_setup.clear();
  BOOST_TEST(objection(request).find("0 fixtures") != std::string::npos);
  request = with_generator();
  request.tests[1].description.properties.edit().fixtures_required = {"e"};
  BOOST_TEST(objection(request).starts_with("user has RESOURCE_GROUPS, and gen makes"));
  request = with_generator();
  request.resource_spec = ResourceSpec{"s.json", {}};
  BOOST_TEST(objection(request).ends_with("along with the resource spec file s.json"));
  forget_generated_resources(request);
  BOOST_TEST(objection(request) == "");
}

BOOST_AUTO_TEST_CASE(what_lacks_is_told_before_all_else)
{
  TestResult result;
  result.verdict = Verdict::not_run;
  result.reason = "insufficient resources:\n\n  more\n\nResource spec file:\n\n  s";
  TestDescription test;
  test.key.name = "t";
  const CTestRefusal refusal = ctest_refusal(test, result, Program::missing, "");
  BOOST_TEST(refusal.complaint ==
             "Insufficient resources for test t:\n\n  more\n\nResource spec file:\n\n  s");
  BOOST_TEST(refusal.detail == "Insufficient resources");
  BOOST_TEST(refusal.command.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_was_not_made_is_a_failure_with_a_line_of_its_own)
{
  TestResult result;
  result.verdict = Verdict::failed;
  result.reason = "invalid resource spec file: could not read it";
  BOOST_TEST(ctest_spec_fault(result) == "Could not read it\n");
  BOOST_TEST(ctest_mark(result, {}, ctest_reason({}, result, "")) ==
             "***Failed  Invalid resource spec file");
  result.reason = "exit code 1";
  BOOST_TEST(ctest_spec_fault(result) == "");
  BOOST_TEST(ctest_reason({}, result, "") == "");
}

BOOST_AUTO_TEST_SUITE_END()
