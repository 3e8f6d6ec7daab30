// What a test depends on, by its description.
#include "daemon/client/test_dependencies.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using winnow::TestDescription;
using winnow::client::CTestPrograms;
using winnow::client::DependencySearch;
using winnow::client::TestDependencies;
using winnow::ingest::DeclaredInputs;
using winnow::ingest::Export;

namespace fs = std::filesystem;

namespace {

struct Trees : winnow::tests::ScratchDirectory {
  std::string source = path() + "/source";
  std::string build = path() + "/source/build";

  Trees()
  {
    for (const char* name : {"source/data/a.txt", "source/tests/run.sh", "source/tests/more.sh",
                             "source/build/bin/program", "source/build/made.txt"}) {
      const fs::path file = *this / name;
      fs::create_directories(file.parent_path());
      std::ofstream(file) << name;
    }
    fs::create_directories(build + "/sub");
  }

  [[nodiscard]] TestDescription test(std::vector<std::string> command) const
  {
    TestDescription test;
    test.key.name = "t";
    test.command = std::move(command);
    test.properties.edit().working_directory = build;
    return test;
  }

  [[nodiscard]] TestDependencies of(const TestDescription& test, Export exported = {}) const
  {
    CTestPrograms programs("", build);
    return DependencySearch({source, build}, programs, std::move(exported)).of(test);
  }

  [[nodiscard]] bool has(const TestDependencies& found, const std::string& name) const
  {
    return found.paths.contains(*this / name);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(test_dependencies, Trees)

BOOST_AUTO_TEST_CASE(are_the_program_and_the_files_it_is_given)
{
  const TestDependencies found =
      of(test({build + "/bin/program", "../data/a.txt", "--in=made.txt", "absent", "--x", "."}));
  BOOST_TEST(found.doubt == "");
  BOOST_TEST(!found.on_any_program);
  BOOST_TEST(found.paths.size() == 3);
  BOOST_TEST(has(found, "source/build/bin/program"));
  BOOST_TEST(has(found, "source/data/a.txt"));
  BOOST_TEST(has(found, "source/build/made.txt"));
}

BOOST_AUTO_TEST_CASE(are_found_within_words)
{
  for (const std::string& word :
       {"-I" + source + "/data/a.txt", "x:" + source + "/data/a.txt",
        "cat '" + source + "/data/a.txt' | wc", std::string("@../data/a.txt")}) {
    BOOST_TEST_CONTEXT(word)
    {
      BOOST_TEST(has(of(test({"bin/program", word})), "source/data/a.txt"));
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_script_are_what_is_beside_it_and_any_program)
{
  const TestDependencies found = of(test({"/bin/sh", source + "/tests/run.sh", "../data/a.txt"}));
  BOOST_TEST(found.on_any_program);
  BOOST_TEST(has(found, "source/tests"));
  BOOST_TEST(!has(found, "source/data"));
  BOOST_TEST(has(of(test({source + "/tests/run.sh"})), "source/tests"));
  BOOST_TEST(!of(test({"/bin/true"})).on_any_program);
}

BOOST_AUTO_TEST_CASE(are_what_properties_name)
{
  TestDescription with = test({"bin/program"});
  with.properties.edit().required_files = {"made.txt"};
  with.properties.edit().environment = {"DATA=" + source + "/data", "PATH=/usr/bin:/bin"};
  with.properties.edit().others = {
      {"_CMAKE_TEST_BUILD_DEPENDS", source + "/tests/run.sh;made.txt"}};
  const TestDependencies found = of(with);
  BOOST_TEST(found.doubt == "");
  BOOST_TEST(has(found, "source/build/made.txt"));
  BOOST_TEST(has(found, "source/data"));
  BOOST_TEST(has(found, "source/tests/run.sh"));
  BOOST_TEST(!found.paths.contains("/usr/bin"));
  TestDescription there = test({build + "/bin/program"});
  there.properties.edit().working_directory = source + "/data";
  BOOST_TEST(has(of(there), "source/data"));
}

BOOST_AUTO_TEST_CASE(are_in_doubt_where_something_is_missing)
{
  BOOST_TEST(of(test({"bin/absent"})).doubt == "its program is missing");
  BOOST_TEST(of(test({})).doubt == "its program is missing");
  BOOST_TEST(of(test({"NOT_AVAILABLE"})).doubt == "its program is missing");
  BOOST_TEST(of(test({"bin/program", build})).doubt == "it is given the build tree");
  TestDescription needy = test({"bin/program"});
  needy.properties.edit().required_files = {"absent"};
  BOOST_TEST(of(needy).doubt == build + "/absent is missing");
  TestDescription depending = test({"bin/program"});
  depending.properties.edit().others = {{"_CMAKE_TEST_BUILD_DEPENDS", "/absent"}};
  BOOST_TEST(of(depending).doubt == "/absent is missing");
}

BOOST_AUTO_TEST_CASE(are_what_the_project_declares)
{
  Export exported;
  exported.targets.push_back({.name = "p", .artifact = build + "/bin/program"});
  exported.inputs.push_back({.tests = {"other", "t"},
                             .directory = source,
                             .files = {source + "/tests/run.sh"},
                             .globs = {"data/*.txt"},
                             .targets = {"p"}});
  const TestDependencies found = of(test({"/bin/sh", "-c", "exit"}), exported);
  BOOST_TEST(found.doubt == "");
  BOOST_TEST(!found.on_any_program);
  BOOST_TEST(has(found, "source/tests/run.sh"));
  BOOST_TEST(has(found, "source/data"));
  BOOST_TEST(has(found, "source/build/bin/program"));
  exported.targets.clear();
  BOOST_TEST(of(test({"/bin/true"}), exported).doubt == "target p is missing");
}

BOOST_AUTO_TEST_SUITE_END()
