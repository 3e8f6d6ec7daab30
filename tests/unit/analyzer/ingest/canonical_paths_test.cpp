// Where links lead, asked of few names in a directory and of many.
#include "analyzer/ingest/canonical_paths.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace winnow;
using namespace winnow::ingest;

namespace {

namespace fs = std::filesystem;

/// More than are looked up one by one.
constexpr int many = 40;

/// Every name in `directory`, in the order in which they were made, asked of one instance.
void check_against_the_system(const std::string& directory)
{
  CanonicalPaths paths;
  for (int i = 0; i < many; ++i) {
    for (const char* const name : {"file", "link", "chain", "nothing"}) {
      const std::string path = directory + "/" + name + std::to_string(i);
      BOOST_TEST(paths.follow(path).path == fs::weakly_canonical(path).string());
    }
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(canonical_paths)

BOOST_AUTO_TEST_CASE(are_those_of_the_system_in_small_and_large_directories)
{
  const tests::ScratchDirectory scratch;
  for (int i = 0; i < many; ++i) {
    const std::string number = std::to_string(i);
    tests::write_file(scratch / "d/file" + number, "");
    fs::create_symlink("file" + number, scratch / "d/link" + number);
    fs::create_symlink(scratch / "d/link" + number, scratch / "d/chain" + number);
  }
  check_against_the_system(scratch / "d");
  check_against_the_system(scratch / "absent");
}

BOOST_AUTO_TEST_CASE(follow_links_that_lead_nowhere)
{
  const tests::ScratchDirectory scratch;
  for (int i = 0; i < many; ++i) {
    fs::create_symlink("absent", scratch / "link" + std::to_string(i));
  }
  CanonicalPaths paths;
  for (int i = 0; i < many; ++i) {
    BOOST_TEST(paths.follow(scratch / "link" + std::to_string(i)).path == scratch / "absent");
  }
}

BOOST_AUTO_TEST_CASE(tell_the_links_on_the_way_wherever_they_are_met)
{
  const tests::ScratchDirectory scratch;
  for (int i = 0; i < many; ++i) {
    tests::write_file(scratch / "real/file" + std::to_string(i), "");
  }
  fs::create_directory_symlink("real", scratch / "named");
  CanonicalPaths paths;
  for (int i = 0; i < many; ++i) {
    const CanonicalPath file = paths.follow(scratch / "named/file" + std::to_string(i));
    BOOST_TEST(file.path == scratch / "real/file" + std::to_string(i));
    BOOST_TEST(file.links == std::vector<std::string>{scratch / "named"},
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(end_where_links_lead_in_a_circle)
{
  const tests::ScratchDirectory scratch;
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  CanonicalPaths paths;
  for (int i = 0; i < many; ++i) {
    BOOST_TEST(!paths.follow(scratch / "a").path.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
