// What is noted between builds, and how long it holds.
#include "daemon/client/rebuild_notes.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

using namespace winnow;
using namespace winnow::client;
using namespace winnow::tests;

namespace {

namespace fs = std::filesystem;

class Tree {
 public:
  Tree() : roots{scratch_.path(), scratch_ / "b", {}, {}} {}

  void write(const std::string& name, const std::string& text = {}) const
  {
    fs::create_directories(fs::path(roots.source + "/" + name).parent_path());
    std::ofstream(roots.source + "/" + name, std::ios::binary) << text;
  }

  void set_age(const std::string& name, std::chrono::hours age) const
  {
    fs::last_write_time(roots.source + "/" + name, fs::file_time_type::clock::now() - age);
  }

 private:
  ScratchDirectory scratch_;

 public:
  Roots roots;
};

} // namespace

BOOST_AUTO_TEST_SUITE(notes_between_builds)

BOOST_AUTO_TEST_CASE(hold_as_long_as_the_file_is_there_or_gone)
{
  const Tree tree;
  tree.write("there.h");
  RebuildNotes first(tree.roots);
  BOOST_REQUIRE(first.start().has_value());
  const std::int64_t since_ns = first.known_since("there.h", Presence::there);
  BOOST_TEST(since_ns > 0);
  BOOST_TEST(first.known_since("gone.h", Presence::gone) == since_ns);
  BOOST_REQUIRE(first.keep().has_value());

  tree.set_age("b/.winnow/rebuilt", std::chrono::hours(1)); // the time itself is noted, too
  RebuildNotes second(tree.roots);
  BOOST_REQUIRE(second.start().has_value());
  BOOST_TEST(second.known_since("there.h", Presence::there) == since_ns);
  BOOST_TEST(second.known_since("gone.h", Presence::gone) == since_ns);

  fs::remove(tree.roots.source + "/there.h");
  tree.write("gone.h");
  RebuildNotes third(tree.roots);
  BOOST_REQUIRE(third.start().has_value());
  BOOST_TEST(third.known_since("there.h", Presence::gone) > since_ns);
  BOOST_TEST(third.known_since("gone.h", Presence::there) > since_ns);
}

BOOST_AUTO_TEST_CASE(tell_of_a_removal_until_the_output_tells_by_itself)
{
  const Tree tree;
  RebuildNotes first(tree.roots);
  BOOST_REQUIRE(first.start().has_value());
  first.note_removed("@build/old");
  first.note_removed("@build/young");
  first.note_removed("@build/missing");
  BOOST_TEST(first.removed_ns("@build/old") > 0);
  BOOST_TEST(first.removed_ns("@build/other") == 0);
  BOOST_REQUIRE(first.keep().has_value());

  tree.write("b/old");
  tree.set_age("b/old", std::chrono::hours(1));
  tree.write("b/young");
  tree.set_age("b/young", std::chrono::hours(-1));
  const RebuildNotes second(tree.roots);
  BOOST_TEST(second.removed_ns("@build/old") == first.removed_ns("@build/old"));
  BOOST_TEST(second.removed_ns("@build/young") == 0);
  BOOST_TEST(second.removed_ns("@build/missing") == 0);
}

BOOST_AUTO_TEST_CASE(are_none_where_they_are_damaged)
{
  using namespace std::string_literals;
  const Tree tree;
  tree.write("x");
  for (const std::string& bytes :
       {"winnow rebuilt 2\0there 5 x\0"s, "there 5 x\0"s, "winnow rebuilt 1\0there five x\0"s,
        "winnow rebuilt 1\0there 5\0there  x\0\0 \0elsewhere 5 x\0"s, "winnow rebuilt 1"s}) {
    tree.write("b/.winnow/rebuilt", bytes);
    RebuildNotes notes(tree.roots);
    BOOST_REQUIRE(notes.start().has_value());
    BOOST_TEST(notes.known_since("x", Presence::there) > 5);
  }
}

BOOST_AUTO_TEST_CASE(need_a_build_tree_that_can_be_written_to)
{
  const Tree tree;
  tree.write("b", "no directory");
  const Result<void> started = RebuildNotes(tree.roots).start();
  BOOST_REQUIRE(started.has_error());
  BOOST_TEST(started.error().message.starts_with("cannot write "));
}

BOOST_AUTO_TEST_SUITE_END()
