// Plans as jobs of CI systems: what would be read as something else.
#include "analyzer/report/chunk_lists.hpp"
#include "analyzer/report/ci_matrix.hpp"
#include "analyzer/report/ci_variable.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

CiMatrix one_job(const std::string& command)
{
  CiMatrix matrix;
  matrix.plan_id = "id";
  matrix.jobs = {{0, "chunk 0", 3, 1.5}};
  matrix.command = command;
  return matrix;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plans_for_ci_systems)

BOOST_AUTO_TEST_CASE(systems_are_known_by_their_formats)
{
  BOOST_TEST((ci_system_called("circleci") == CiSystem::circleci));
  BOOST_TEST((ci_system_called("github") == CiSystem::github));
  BOOST_TEST(!ci_system_called("json").has_value());
}

BOOST_AUTO_TEST_CASE(as_many_jobs_as_a_system_takes_fit)
{
  BOOST_TEST(check_job_count(CiSystem::github, 256).has_value());
  BOOST_TEST(!check_job_count(CiSystem::github, 257).has_value());
  BOOST_TEST(check_job_count(CiSystem::buildkite, 500).has_value());
}

BOOST_AUTO_TEST_CASE(a_command_is_one_text_whatever_is_in_it)
{
  const std::string steps = buildkite_steps(one_job("a: \"b\"\n# $c\xff"));
  BOOST_TEST(steps.find(R"(    command: "a: \"b\"\n# $$c)") != std::string::npos, steps);
  BOOST_TEST(gitlab_pipeline(one_job("x # y")).find("    - \"x # y\"\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_value_has_no_line_of_its_own_in_azures_log)
{
  BOOST_TEST(azure_variable("v", "a%\n##vso[x]", Reach::steps) ==
             "##vso[task.setvariable variable=v]a%AZP25%0A##vso[x]\n");
  BOOST_TEST(check_variable_name("a_1").has_value());
  for (const char* wrong : {"", "1a", "a b", "a]", "a;isSecret=true"}) {
    BOOST_TEST(!check_variable_name(wrong).has_value(), wrong);
  }
}

BOOST_AUTO_TEST_CASE(a_name_that_fits_on_no_line_is_refused)
{
  Plan plan;
  plan.chunks = {{0, {{"d", "two\nlines"}}, {}, 0, {}}};
  const auto lists = chunk_lists(plan, TestNames(std::span<const TestDescription>()));
  BOOST_REQUIRE(!lists);
  BOOST_TEST(lists.error().message.find("d/two%0Alines") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_are_told_from_other_files)
{
  for (const char* list : {"chunk-0.tests", "chunk-12.targets", "chunk-3.paths"}) {
    BOOST_TEST(is_chunk_list(list), list);
  }
  for (const char* other : {"chunk-.tests", "chunk-a.tests", "chunk-1.txt", "a-chunk-1.tests"}) {
    BOOST_TEST(!is_chunk_list(other), other);
  }
}

BOOST_AUTO_TEST_SUITE_END()
