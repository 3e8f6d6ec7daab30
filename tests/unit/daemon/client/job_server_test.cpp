// Where MAKEFLAGS says the job server is, and taking tokens from one.
#include "daemon/client/job_server.hpp"
#include "daemon/client/paced_starts.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>

using namespace winnow;
using namespace winnow::client;
using winnow::tests::ScratchDirectory;

namespace {

/// As make has it: both ends open, and inherited.
struct MakePipe {
  explicit MakePipe(const std::string& tokens)
  {
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    place.reader = ends[0];
    place.writer = ends[1];
    BOOST_REQUIRE(::write(ends[1], tokens.data(), tokens.size()) ==
                  static_cast<ssize_t>(tokens.size()));
  }

  ~MakePipe()
  {
    ::close(place.reader);
    ::close(place.writer);
  }

  MakePipe(const MakePipe&) = delete;
  MakePipe& operator=(const MakePipe&) = delete;

  /// All tokens in it, which are taken out.
  [[nodiscard]] std::string tokens() const
  {
    BOOST_REQUIRE(::write(place.writer, "|", 1) == 1); // so that there is something to read
    std::string all(100, ' ');
    all.resize(static_cast<std::size_t>(::read(place.reader, all.data(), all.size())));
    all.pop_back();
    return all;
  }

  JobServerPlace place;
};

JobServer server_at(const JobServerPlace& place)
{
  Result<JobServer> server = JobServer::open(place);
  BOOST_REQUIRE_MESSAGE(server.has_value(), (server ? "" : server.error().message));
  return std::move(*server);
}

std::string refusal_of(const JobServerPlace& place)
{
  const Result<JobServer> server = JobServer::open(place);
  BOOST_REQUIRE(!server);
  BOOST_TEST((server.error().kind == ErrorKind::environment));
  return server.error().message;
}

bool contains(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(job_servers)

BOOST_AUTO_TEST_CASE(the_last_one_that_makeflags_names_counts)
{
  struct Row {
    const char* flags;
    std::optional<JobServerPlace> place;
  };

  const Row rows[] = {
      {"", {}},
      {"k -j4", {}},
      {" -j4 --jobserver-auth=3,4", JobServerPlace{"", 3, 4}},
      {"k --jobserver-fds=5,6 -j", JobServerPlace{"", 5, 6}},
      {" --jobserver-auth=3,4 --jobserver-auth=7,8 -- X=1", JobServerPlace{"", 7, 8}},
      {" -j4 --jobserver-auth=fifo:/tmp/GMfifo1", JobServerPlace{"/tmp/GMfifo1"}},
      {" --jobserver-auth=fifo:/a\\ b", JobServerPlace{"/a b"}},
      {" -- X=a\\ --jobserver-auth=3,4", {}},
      {" --jobserver-auth=-2,-2", {}}, // not for this program
      {" --jobserver-auth=3,4 --jobserver-auth=-2,-2", {}},
      {" --jobserver-auth=3", {}},
      {" --jobserver-auth=3,4x", {}},
      {" --jobserver-auth=", {}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.flags)
    {
      const auto found = job_server_place(row.flags);
      BOOST_REQUIRE(found.has_value() == row.place.has_value());
      if (found) {
        BOOST_TEST(found->fifo == row.place->fifo);
        BOOST_TEST(found->reader == row.place->reader);
        BOOST_TEST(found->writer == row.place->writer);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(one_job_needs_no_token_and_others_one_each)
{
  const MakePipe pipe("ab");
  JobServer server = server_at(pipe.place);
  BOOST_TEST(server.try_take());
  BOOST_TEST(server.try_take());
  BOOST_TEST(server.try_take());
  BOOST_TEST(!server.try_take());
  BOOST_TEST(server.held() == 3U);
  BOOST_TEST(pipe.tokens() == "");
  server.give_back();
  BOOST_TEST(pipe.tokens() == "b"); // as it was read
  server.give_back();
  server.give_back();
  BOOST_TEST(server.held() == 0U);
  BOOST_TEST(pipe.tokens() == "a");
}

BOOST_AUTO_TEST_CASE(what_is_held_is_given_back_at_the_end_and_once)
{
  const MakePipe pipe("abc");
  {
    JobServer first = server_at(pipe.place);
    BOOST_TEST((first.try_take() && first.try_take() && first.try_take()));
    const JobServer second = std::move(first);
    BOOST_TEST(second.held() == 3U);
  }
  BOOST_TEST(pipe.tokens() == "cba");
}

BOOST_AUTO_TEST_CASE(the_pipe_itself_goes_on_blocking)
{
  const MakePipe pipe("a");
  const JobServer server = server_at(pipe.place);
  BOOST_TEST((::fcntl(pipe.place.reader, F_GETFL) & O_NONBLOCK) == 0);
  BOOST_TEST((::fcntl(pipe.place.writer, F_GETFL) & O_NONBLOCK) == 0);
}

BOOST_AUTO_TEST_CASE(a_fifo_is_one_too)
{
  const ScratchDirectory scratch;
  const std::string path = scratch / "fifo";
  BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const int make = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  BOOST_REQUIRE(::write(make, "a", 1) == 1);
  JobServer server = server_at({path});
  BOOST_TEST((server.try_take() && server.try_take() && !server.try_take()));
  ::close(make);
}

BOOST_AUTO_TEST_CASE(what_is_no_job_server_is_refused)
{
  const ScratchDirectory scratch;
  const MakePipe pipe("a");
  const MakePipe other("");
  const JobServerPlace& place = pipe.place;
  BOOST_TEST(contains(refusal_of({"", 998, 999}), "descriptor 998 is closed"));
  BOOST_TEST(contains(refusal_of({"", place.reader, 999}), "descriptor 999 is closed"));
  BOOST_TEST(contains(refusal_of({"", place.writer, place.reader}), "is another file"));
  BOOST_TEST(contains(refusal_of({"", place.reader, other.place.writer}), "one pipe"));
  BOOST_TEST(contains(refusal_of({scratch / "absent"}), "No such file"));
  BOOST_TEST(contains(refusal_of({scratch.path()}), "cannot open"));
  const int file = ::open("/dev/null", O_RDWR);
  BOOST_TEST(contains(refusal_of({"", file, file}), "is another file"));
  ::close(file);
  ::fcntl(place.reader, F_SETFD, FD_CLOEXEC); // then make cannot have left it
  BOOST_TEST(contains(refusal_of(place), "is another file"));
}

BOOST_AUTO_TEST_CASE(a_paced_run_holds_a_token_for_each_test_that_runs)
{
  const MakePipe pipe("ab");
  PacedStarts pace(server_at(pipe.place));
  std::uint32_t permitted = 0;
  const auto permit = [&] {
    pace.test_started({permitted++});
    pace.start_wanted(); // as long as there are tests
    return Result<bool>(true);
  };
  BOOST_REQUIRE(pace.permit_starts(permit));
  BOOST_TEST(permitted == 0U); // nothing was wanted
  BOOST_TEST(pace.wait_fd() == -1);
  pace.start_wanted();
  BOOST_REQUIRE(pace.permit_starts(permit));
  BOOST_TEST(permitted == 3U);
  BOOST_TEST(pace.wait_fd() >= 0);
  pace.test_finished({.index = 1, .again = true});
  pace.test_finished({.index = 7}); // which has never started
  BOOST_TEST(pace.held() == 3U);
  pace.test_finished({.index = 1});
  pace.test_finished({.index = 1});
  BOOST_TEST(pace.held() == 2U);
  BOOST_TEST(pipe.tokens() == "b");
  pace.test_finished(
      {.index = 2, .again = true, .environment = true, .verdict = Verdict::cancelled});
  BOOST_TEST(pace.held() == 1U); // it waits to run alone
}

BOOST_AUTO_TEST_CASE(a_token_that_was_of_no_use_is_given_back)
{
  const MakePipe pipe("a");
  PacedStarts pace(server_at(pipe.place));
  pace.start_wanted();
  BOOST_REQUIRE(pace.permit_starts([] { return Result<bool>(false); }));
  BOOST_TEST(pace.held() == 0U);
  pace.start_wanted();
  BOOST_TEST(!pace.permit_starts([] { return Result<bool>(environment_error("gone")); }));
  BOOST_TEST(pace.held() == 0U);
  BOOST_TEST(pipe.tokens() == "a");
}

BOOST_AUTO_TEST_SUITE_END()
