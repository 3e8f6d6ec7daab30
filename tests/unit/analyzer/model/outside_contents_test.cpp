// What was read of a file holds as long as its status stays.
#include "analyzer/model/outside_contents.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace winnow;
using tests::ScratchDirectory;

namespace {

void write(const std::string& path, const std::string& text)
{
  std::ofstream(path) << text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(outside_contents)

BOOST_AUTO_TEST_CASE(are_those_of_the_files_now)
{
  const ScratchDirectory directory;
  write(directory / "a.h", "one");
  const std::string path = directory / "a.h";
  OutsideContents contents;
  BOOST_TEST((contents.content(path) == hash_content("one")));
  write(directory / "a.h", "two");
  BOOST_TEST((contents.content(path) == hash_content("two")));
  std::filesystem::remove(path);
  BOOST_TEST(!contents.content(path).known());
  BOOST_TEST(!contents.content(directory.path()).known());
}

BOOST_AUTO_TEST_CASE(of_a_link_are_where_it_leads)
{
  const ScratchDirectory directory;
  const std::string path = directory / "lib.so";
  std::filesystem::create_symlink("lib.so.1", path);
  OutsideContents contents;
  const ContentHash one = contents.content(path);
  std::filesystem::remove(path);
  std::filesystem::create_symlink("lib.so.2", path);
  BOOST_TEST(one.known());
  BOOST_TEST((contents.content(path) != one));
}

BOOST_AUTO_TEST_CASE(are_not_read_again_while_the_status_stays)
{
  OutsideContents first;
  BOOST_TEST(first.content("/bin/sh").known());
  BOOST_TEST(first.changed());
  OutsideContents again = OutsideContents::from_bytes(first.bytes());
  BOOST_TEST(again.content("/bin/sh").known());
  BOOST_TEST(!again.changed());
}

BOOST_AUTO_TEST_CASE(of_a_file_that_was_just_changed_are_read_again)
{
  const ScratchDirectory directory;
  write(directory / "a.h", "one");
  OutsideContents first;
  (void)first.content(directory / "a.h");
  OutsideContents again = OutsideContents::from_bytes(first.bytes());
  (void)again.content(directory / "a.h");
  BOOST_TEST(again.changed());
}

BOOST_AUTO_TEST_CASE(that_are_damaged_are_forgotten)
{
  OutsideContents known;
  (void)known.content("/bin/sh");
  std::string bytes = known.bytes();
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, bytes.size() - 1}) {
    std::string damaged = bytes;
    ++damaged[at];
    OutsideContents contents = OutsideContents::from_bytes(damaged);
    (void)contents.content("/bin/sh");
    BOOST_TEST(contents.changed());
  }
}

BOOST_AUTO_TEST_CASE(that_nobody_asks_for_are_not_kept)
{
  OutsideContents known;
  (void)known.content("/bin/sh");
  const OutsideContents unasked = OutsideContents::from_bytes(known.bytes());
  BOOST_TEST(unasked.bytes().size() < known.bytes().size());
}

BOOST_AUTO_TEST_SUITE_END()
