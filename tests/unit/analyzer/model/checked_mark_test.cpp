// A graph file is checked until it was found sound, and again whenever it may have changed.
#include "analyzer/model/checked_mark.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/xattr.h>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <string>

using namespace winnow;

namespace {

struct MarkedFile {
  MarkedFile()
  {
    write("one");
    age(path);
  }

  void write(const std::string& text) const { std::ofstream(path) << text; }

  /// As if it was written an hour ago.
  static void age(const std::string& path)
  {
    timespec times[2]{};
    times[0].tv_nsec = UTIME_OMIT;
    ::clock_gettime(CLOCK_REALTIME, &times[1]);
    times[1].tv_sec -= 3600;
    BOOST_REQUIRE_EQUAL(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  }

  static void mark(const std::string& path)
  {
    visit(path, [](int fd, const struct stat& status) { mark_checked(fd, status); });
  }

  static bool is_marked(const std::string& path)
  {
    bool marked = false;
    visit(path, [&](int fd, const struct stat& status) { marked = is_marked_checked(fd, status); });
    return marked;
  }

  template <class Visit>
  static void visit(const std::string& path, Visit visit)
  {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    BOOST_REQUIRE(fd >= 0);

    struct stat status {};

    BOOST_REQUIRE_EQUAL(::fstat(fd, &status), 0);
    visit(fd, status);
    ::close(fd);
  }

  tests::ScratchDirectory directory;
  std::string path = directory / "graph";
};

/// Some file systems keep no attributes; there is nothing to test on them.
boost::test_tools::assertion_result has_attributes(boost::unit_test::test_unit_id)
{
  const MarkedFile file;
  return ::setxattr(file.path.c_str(), "user.winnow.test", "1", 1, 0) == 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_checked_mark, *boost::unit_test::precondition(has_attributes))

BOOST_FIXTURE_TEST_CASE(is_found_on_the_file_that_was_marked, MarkedFile)
{
  BOOST_TEST(!is_marked(path));
  mark(path);
  BOOST_TEST(is_marked(path));
}

BOOST_FIXTURE_TEST_CASE(does_not_outlive_a_write, MarkedFile)
{
  mark(path);
  write("two"); // of the same size
  BOOST_TEST(!is_marked(path));
}

BOOST_FIXTURE_TEST_CASE(is_not_left_on_a_file_that_was_just_written, MarkedFile)
{
  write("two");
  mark(path);
  BOOST_TEST(!is_marked(path));
}

BOOST_FIXTURE_TEST_CASE(is_worth_nothing_on_a_copy, MarkedFile)
{
  mark(path);
  char note[256];
  const ssize_t size = ::getxattr(path.c_str(), "user.winnow.checked", note, sizeof note);
  BOOST_TEST_REQUIRE(size > 0);
  const std::string copy = path + ".copy";
  std::ofstream(copy) << "one";
  age(copy);
  BOOST_REQUIRE_EQUAL(
      ::setxattr(copy.c_str(), "user.winnow.checked", note, static_cast<std::size_t>(size), 0), 0);
  BOOST_TEST(!is_marked(copy));
}

BOOST_AUTO_TEST_SUITE_END()
