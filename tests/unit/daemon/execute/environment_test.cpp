// Tests of a test's environment, each row as ctest 3.25 does it.
#include "daemon/execute/environment.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::execute;

namespace {

using Strings = std::vector<std::string>;

struct Row {
  Strings environment;
  Strings modification;
  Strings expected;
};

Strings environment_of(const Row& row)
{
  TestProperties properties;
  properties.environment = row.environment;
  properties.environment_modification = row.modification;
  const auto result = test_environment({"HOME=/h", "PATH=/bin"}, {"OURS=1"}, properties);
  BOOST_REQUIRE(result);
  return *result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(environments)

BOOST_AUTO_TEST_CASE(properties_are_applied_as_ctest_applies_them)
{
  const Row rows[] = {
      {{}, {}, {"HOME=/h", "OURS=1", "PATH=/bin"}},
      {{"HOME=", "OURS=a=b"}, {}, {"HOME=", "OURS=a=b", "PATH=/bin"}},
      {{"HOME"}, {}, {"OURS=1", "PATH=/bin"}},
      {{}, {"HOME=unset:"}, {"OURS=1", "PATH=/bin"}},
      {{}, {"NEW=set:a:b=c"}, {"HOME=/h", "NEW=a:b=c", "OURS=1", "PATH=/bin"}},
      {{}, {"PATH=path_list_append:/x"}, {"HOME=/h", "OURS=1", "PATH=/bin:/x"}},
      {{}, {"PATH=path_list_prepend:/x"}, {"HOME=/h", "OURS=1", "PATH=/x:/bin"}},
      {{}, {"PATH=path_list_append:"}, {"HOME=/h", "OURS=1", "PATH=/bin:"}},
      {{"L="}, {"L=path_list_append:z"}, {"HOME=/h", "L=z", "OURS=1", "PATH=/bin"}},
      {{}, {"OURS=string_append:2"}, {"HOME=/h", "OURS=12", "PATH=/bin"}},
      {{}, {"OURS=string_prepend:2"}, {"HOME=/h", "OURS=21", "PATH=/bin"}},
      {{}, {"OURS=cmake_list_append:2"}, {"HOME=/h", "OURS=1;2", "PATH=/bin"}},
      {{}, {"OURS=cmake_list_prepend:2"}, {"HOME=/h", "OURS=2;1", "PATH=/bin"}},
      {{"HOME=/e"}, {"HOME=set:/m", "HOME=reset:"}, {"HOME=/e", "OURS=1", "PATH=/bin"}},
      {{}, {"HOME=unset:", "HOME=string_append:z"}, {"HOME=/hz", "OURS=1", "PATH=/bin"}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT("ENVIRONMENT " << (row.environment.empty() ? "" : row.environment[0])
                                      << " MODIFICATION "
                                      << (row.modification.empty() ? "" : row.modification[0]))
    {
      BOOST_TEST(environment_of(row) == row.expected, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_operation_is_an_error)
{
  for (const std::string modification : {"A=foo:b", "A", "A=set"}) {
    TestProperties properties;
    properties.environment_modification = {modification};
    const auto result = test_environment({}, {}, properties);
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().message.find(modification) != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_value_is_found_by_its_whole_name)
{
  const Strings environment{"PATHS=1", "PATH=2"};
  BOOST_TEST(value_in(environment, "PATH") == "2");
  BOOST_TEST(value_in(environment, "PAT") == "");
}

BOOST_AUTO_TEST_SUITE_END()
