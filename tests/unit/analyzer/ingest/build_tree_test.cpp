// Directories that are build trees, and those that are not.
#include "analyzer/ingest/build_tree.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::ingest;

namespace {

std::string error_of(const std::string& directory)
{
  const Result<BuildTree> tree = open_build_tree(directory);
  return tree ? std::string() : tree.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(build_trees)

BOOST_AUTO_TEST_CASE(say_what_they_were_configured_from)
{
  const tests::ScratchDirectory scratch;
  std::filesystem::create_directories(scratch / "real");
  std::filesystem::create_directory_symlink("real", scratch / "link");
  tests::write_file(
      scratch / "b/CMakeCache.txt",
      "# comment\n//doc\nCMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_BUILD_TYPE:STRING=Debug\n"
      "CMAKE_PROJECT_NAME:STATIC=P=Q\nCMAKE_HOME_DIRECTORY:INTERNAL=" +
          (scratch / "link") + "\n");
  tests::write_file(scratch / "b/build.ninja", "");
  tests::write_file(scratch / "b/CMakeFiles/3.25.1/CMakeSystem.cmake", "");
  tests::write_file(scratch / "b/CMakeFiles/3.25.1/CMakeCXXCompiler.cmake",
                    "set(CMAKE_CXX_COMPILER \"/usr/bin/c++\")\nset(CMAKE_CXX_COMPILER_ID \"GNU\")\n"
                    "set(CMAKE_CXX_COMPILER_VERSION \"12.2.0\")\n");
  const Result<BuildTree> tree = open_build_tree(scratch / "b/");
  BOOST_REQUIRE(tree.has_value());
  BOOST_TEST(tree->roots.source == std::filesystem::canonical(scratch / "real").string());
  BOOST_TEST(tree->roots.build == std::filesystem::canonical(scratch / "b").string());
  BOOST_TEST(tree->project == "P=Q");
  BOOST_TEST(tree->configuration == "Debug");
  BOOST_TEST(tree->compiler == "CXX GNU 12.2.0 /usr/bin/c++");
}

BOOST_AUTO_TEST_CASE(are_missed_with_what_to_do)
{
  const tests::ScratchDirectory scratch;
  BOOST_TEST(error_of(scratch / "nowhere") ==
             "there is no directory " + (scratch / "nowhere") +
                 "; name the build tree with -B, or configure one: cmake -G Ninja -B " +
                 (scratch / "nowhere"));

  const std::string build = scratch / "b";
  std::filesystem::create_directories(build);
  const std::string not_configured =
      build + " is not a configured build tree; configure it: cmake -G Ninja -B " + build +
      " -S <source directory>";
  BOOST_TEST(error_of(build) == not_configured);
  tests::write_file(build + "/CMakeCache.txt", "CMAKE_GENERATOR:INTERNAL=Ninja\n");
  BOOST_TEST(error_of(build) == build +
                                    " has no build.ninja: configuring it has not succeeded; see "
                                    "what is wrong with: cmake " +
                                    build);

  tests::write_file(build + "/build.ninja", "");
  tests::write_file(
      build + "/CMakeCache.txt",
      "CMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_HOME_DIRECTORY:INTERNAL=/nonexistent/s\n");
  BOOST_TEST(
      error_of(build) ==
      build + " was configured from /nonexistent/s, which is no longer there; configure it again");
}

BOOST_AUTO_TEST_CASE(of_another_generator_are_refused_by_its_name)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "CMakeCache.txt", "CMAKE_GENERATOR:INTERNAL=Unix Makefiles\n");
  BOOST_TEST(error_of(scratch.path()) ==
             scratch.path() +
                 " uses the generator \"Unix Makefiles\", and only \"Ninja\" is supported yet; "
                 "configure another build tree with -G Ninja");
}

BOOST_AUTO_TEST_SUITE_END()
