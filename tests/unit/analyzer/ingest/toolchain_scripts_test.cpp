// Which scripts a toolchain is made of.
#include "analyzer/ingest/toolchain_scripts.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace winnow;
using namespace winnow::ingest;

namespace {

/// A configured tree whose cache holds `settings`; the patterns of its toolchain, separated by
/// blanks.
std::string scripts_with(const tests::ScratchDirectory& scratch, const std::string& settings)
{
  tests::write_file(scratch / "b/CMakeCache.txt",
                    "CMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_HOME_DIRECTORY:INTERNAL=" +
                        (scratch / "s") + "\n" + settings);
  tests::write_file(scratch / "b/build.ninja", "");
  const Result<BuildTree> tree = open_build_tree(scratch / "b");
  BOOST_REQUIRE(tree.has_value());
  return fmt::format("{}", fmt::join(toolchain_scripts(*tree), " "));
}

} // namespace

BOOST_AUTO_TEST_SUITE(scripts_of_a_toolchain)

BOOST_AUTO_TEST_CASE(are_none_without_a_toolchain_file)
{
  const tests::ScratchDirectory scratch;
  std::filesystem::create_directories(scratch / "s");
  BOOST_TEST(scripts_with(scratch, "CMAKE_TOOLCHAIN_FILE:FILEPATH=\n") == "");
}

BOOST_AUTO_TEST_CASE(are_the_file_and_what_it_includes)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "s/cmake/arm.cmake",
                    "include(\"${CMAKE_CURRENT_LIST_DIR}/flags.cmake\")\ninclude(Checks)\n");
  tests::write_file(scratch / "s/cmake/flags.cmake",
                    "include(${CMAKE_CURRENT_LIST_DIR}/arm.cmake)\n");
  BOOST_TEST(
      scripts_with(scratch, "CMAKE_TOOLCHAIN_FILE:FILEPATH=" + (scratch / "s/cmake/arm.cmake") +
                                "\n") == "cmake/arm.cmake cmake/flags.cmake *Checks.cmake");
}

BOOST_AUTO_TEST_CASE(are_found_from_the_build_tree_then_from_the_source_tree)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "s/arm.cmake", "");
  const std::string setting = "CMAKE_TOOLCHAIN_FILE:FILEPATH=arm.cmake\n";
  BOOST_TEST(scripts_with(scratch, setting) == "arm.cmake");
  tests::write_file(scratch / "b/arm.cmake", "");
  BOOST_TEST(scripts_with(scratch, setting) == "@build/arm.cmake");
}

BOOST_AUTO_TEST_CASE(are_those_too_that_vcpkg_loads)
{
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch / "s/arm.cmake", "");
  BOOST_TEST(scripts_with(scratch, "CMAKE_TOOLCHAIN_FILE:FILEPATH=/opt/vcpkg.cmake\n"
                                   "VCPKG_CHAINLOAD_TOOLCHAIN_FILE:STRING=" +
                                       (scratch / "s/arm.cmake") + "\n") ==
             "/opt/vcpkg.cmake arm.cmake");
}

BOOST_AUTO_TEST_SUITE_END()
