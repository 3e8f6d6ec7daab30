// Paths in the constants of this very test, and in files that are not what they seem.
#include "analyzer/ingest/compiled_in_paths.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using winnow::ingest::compiled_in_paths;

namespace {

constexpr const char* this_test = "/proc/self/exe";

// Never opened: what counts is that they stand in this program.
const char* const constants[] = {"/compiled-in/tree/data/a.txt",
                                 "say \"/compiled-in/tree/x//y/\" twice", "/compiled-in/tree",
                                 "/compiled-in/treetop/z"};

std::vector<std::string> found(const std::string& path)
{
  const std::vector<std::string> directories{std::string("/compiled-in") + "/tree"};
  const auto paths = compiled_in_paths(path, directories);
  return paths ? *paths : std::vector<std::string>{paths.error().message};
}

} // namespace

BOOST_AUTO_TEST_SUITE(paths_compiled_in)

BOOST_AUTO_TEST_CASE(are_found_as_far_as_they_are_constant)
{
  BOOST_TEST(std::size(constants) == 4);
  const std::vector<std::string> paths = found(this_test);
  BOOST_TEST(paths == (std::vector<std::string>{"/compiled-in/tree", "/compiled-in/tree/data/a.txt",
                                                "/compiled-in/tree/x/y"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_none_in_other_files_and_damage_is_told)
{
  const winnow::tests::ScratchDirectory scratch;
  std::ifstream file(this_test, std::ios::binary);
  const std::string sound{std::istreambuf_iterator<char>(file), {}};
  const auto write = [&](const std::string& bytes) {
    std::ofstream(scratch / "file", std::ios::binary) << bytes;
    return scratch / "file";
  };
  BOOST_TEST(found(write("")).empty());
  BOOST_TEST(found(write("/compiled-in/tree")).empty());
  for (const std::size_t length : {100UL, 4096UL, sound.size() - 1}) {
    BOOST_TEST(found(write(sound.substr(0, length))).front().ends_with("is a damaged ELF file"));
  }
  BOOST_TEST(found(scratch / "absent").front().starts_with("cannot read"));
}

BOOST_AUTO_TEST_SUITE_END()
