// Where ctest finds the program of a test.
#include "daemon/client/ctest_program.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace winnow;
using namespace winnow::client;

namespace {

struct Tree {
  void add(const std::string& path) const
  {
    std::filesystem::create_directories(std::filesystem::path(scratch / path).parent_path());
    std::ofstream(scratch / path) << "#!/bin/sh\n";
    ::chmod((scratch / path).c_str(), 0700);
  }

  [[nodiscard]] std::string found(const std::string& program,
                                  const std::string& configuration = "") const
  {
    const auto path = ctest_program(program, configuration, scratch.path(),
                                    scratch / "first:" + (scratch / "path"));
    return path ? path->substr(scratch.path().size() + 1) : "nowhere";
  }

  tests::ScratchDirectory scratch;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_programs, Tree)

BOOST_AUTO_TEST_CASE(are_found_where_they_are_said_to_be_or_below_a_configuration)
{
  add("bin/here");
  add("bin/Debug/there");
  add("bin/Own/mine");
  BOOST_TEST(found("bin/here") == "bin/here");
  BOOST_TEST(found(scratch / "bin/here") == "bin/here");
  BOOST_TEST(found("./bin/there") == "bin/Debug/there");
  BOOST_TEST(found("bin/mine") == "nowhere");
  BOOST_TEST(found("bin/mine", "Own") == "bin/Own/mine");
}

BOOST_AUTO_TEST_CASE(are_looked_for_along_the_path_by_bare_name_only)
{
  add("path/tool");
  std::filesystem::create_directories(scratch / "first/tool");
  BOOST_TEST(found("tool") == "path/tool");
  BOOST_TEST(found("./tool") == "nowhere");
}

BOOST_AUTO_TEST_SUITE_END()
