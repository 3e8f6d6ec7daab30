// Tests of keeping output: whole where it is short, head and tail where it is long.
#include "daemon/execute/output_file.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::execute;

namespace {

struct LogFixture {
  tests::ScratchDirectory scratch;
  std::string path = scratch / "output";
  OutputLog log = std::move(OutputLog::open(path).value());

  /// Which file it is.
  ino_t inode(const SpillFile& file) const
  {
    struct stat info {};

    BOOST_REQUIRE(::fstat(file.descriptor(), &info) == 0);
    return info.st_ino;
  }

  /// Whether the file of a test that wrote `content` serves the next.
  bool is_used_again(SpillFile file)
  {
    const ino_t before = inode(file);
    const FileDescriptor held(::dup(file.descriptor())); // no new file may have its inode
    log.take_back(std::make_shared<SpillFile>(std::move(file)));
    const SpillFile next = std::move(log.create_spill().value());
    BOOST_TEST(next.size() == 0U);
    return inode(next) == before;
  }

  SpillFile file_with(const std::string& content)
  {
    SpillFile file = std::move(log.create_spill().value());
    BOOST_REQUIRE(::write(file.descriptor(), content.data(), content.size()) ==
                  static_cast<ssize_t>(content.size()));
    return file;
  }

  std::string logged() const
  {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string as_text(const std::string& content)
  {
    const SpillFile file = file_with(content);
    return text_to_match(file).value();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(output_files, LogFixture)

BOOST_AUTO_TEST_CASE(short_output_is_kept_whole_one_after_another)
{
  const OutputPiece first = log.append(file_with("one\n"), 100).value();
  const OutputPiece none = log.append(file_with(""), 100).value();
  const OutputPiece second = log.append(file_with("second"), 6).value();
  BOOST_TEST(logged() == "one\nsecond");
  BOOST_TEST(first.offset == 0U);
  BOOST_TEST(first.length == 4U);
  BOOST_TEST(none.length == 0U);
  BOOST_TEST(second.offset == 4U);
  BOOST_TEST(second.length == 6U);
}

BOOST_AUTO_TEST_CASE(long_output_keeps_head_and_tail_and_says_what_is_missing)
{
  const OutputPiece piece = log.append(file_with("headNOT THIStail"), 8).value();
  BOOST_TEST(logged() == "head\n[winnow: 8 bytes of output are left out here]\ntail");
  BOOST_TEST(piece.length == logged().size());
}

BOOST_AUTO_TEST_CASE(a_log_goes_on_where_it_ended)
{
  log.append(file_with("before\n"), 100).value();
  OutputLog again = std::move(OutputLog::open(path).value());
  const OutputPiece piece = again.append(file_with("after\n"), 100).value();
  BOOST_TEST(piece.offset == 7U);
  BOOST_TEST(logged() == "before\nafter\n");
}

BOOST_AUTO_TEST_CASE(what_escaped_from_a_test_cannot_write_into_the_output_of_the_next)
{
  SpillFile file = file_with("");
  const FileDescriptor escaped = std::move(file.open_for_test().value());
  log.take_back(std::make_shared<SpillFile>(std::move(file)));
  const SpillFile next = std::move(log.create_spill().value());
  BOOST_REQUIRE(::write(escaped.get(), "late", 4) == 4);
  BOOST_TEST(next.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_file_serves_the_next_test_once_nobody_else_has_it)
{
  BOOST_TEST(is_used_again(file_with("")));
  BOOST_TEST(is_used_again(file_with("some text\n")));
  BOOST_TEST(!is_used_again(file_with(std::string(2 << 20, 'x'))));

  SpillFile escaped = file_with("");
  const FileDescriptor of_a_server = std::move(escaped.open_for_test().value());
  BOOST_TEST(!is_used_again(std::move(escaped)));

  SpillFile mapped = file_with("text");
  void* memory = nullptr;
  {
    const int descriptor =
        ::open(("/proc/self/fd/" + std::to_string(mapped.descriptor())).c_str(), O_RDWR);
    memory = ::mmap(nullptr, 4, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
  }
  BOOST_REQUIRE(memory != MAP_FAILED);
  BOOST_TEST(!is_used_again(std::move(mapped)));
  ::munmap(memory, 4);

  SpillFile closed = file_with("text");
  BOOST_REQUIRE(::fchmod(closed.descriptor(), 0) == 0);
  log.take_back(std::make_shared<SpillFile>(std::move(closed)));
  const SpillFile opened = std::move(log.create_spill().value());

  struct stat info {};

  BOOST_TEST(::fstat(opened.descriptor(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777U) == 0600U);

  const auto read = std::make_shared<SpillFile>(file_with("for a reader"));
  log.take_back(read);
  BOOST_TEST(read->read(0, 100) == "for a reader");
}

BOOST_AUTO_TEST_CASE(spill_files_leave_no_name_behind)
{
  const SpillFile file = file_with("x");
  std::size_t entries = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
    entries += entry.exists() ? 1 : 0;
  }
  BOOST_TEST(entries == 1U);
}

BOOST_AUTO_TEST_CASE(a_running_tests_output_can_be_read_in_parts)
{
  const SpillFile file = file_with("0123456789");
  BOOST_TEST(file.read(3, 4) == "3456");
  BOOST_TEST(file.read(8, 100) == "89");
  BOOST_TEST(file.read(50, 1) == "");
}

BOOST_AUTO_TEST_CASE(text_is_what_ctest_matches)
{
  const std::string with_nul("a\0b\n", 4);
  BOOST_TEST(as_text("") == "");
  BOOST_TEST(as_text("whole\n") == "whole\n");
  BOOST_TEST(as_text("no end") == "no end\n");
  BOOST_TEST(as_text("a\r\nb\r\n") == "a\nb\n");
  BOOST_TEST(as_text(with_nul) == "a\nb\n");
  BOOST_TEST(as_text("a\r") == "a\r\n");
  BOOST_TEST(as_text(std::string("a\r\0b\rc", 6)) == "a\nb\rc\n");
  BOOST_TEST(as_text(std::string(5'000'000, 'x')) == std::string(5'000'000, 'x') + "\n");
}

BOOST_AUTO_TEST_CASE(output_too_long_to_be_matched_is_an_error_not_a_mismatch)
{
  const SpillFile file = file_with("x");
  BOOST_REQUIRE(::ftruncate(file.descriptor(), 3LL << 30) == 0); // sparse
  const Result<std::string> text = text_to_match(file);
  BOOST_REQUIRE(!text);
  BOOST_TEST(text.error().message == "its output of 3221225472 bytes is too long to be matched");
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_created_is_an_error)
{
  const auto none = OutputLog::open(scratch / "no/such/output");
  BOOST_REQUIRE(!none);
  BOOST_CHECK(none.error().kind == ErrorKind::environment);
}

BOOST_AUTO_TEST_SUITE_END()
