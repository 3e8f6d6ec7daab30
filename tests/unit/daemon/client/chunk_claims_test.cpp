// Several jobs and one directory: who has which chunk.
#include "daemon/client/chunk_claims.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace winnow;
using namespace winnow::client;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

namespace fs = std::filesystem;

struct SharedDirectory {
  SharedDirectory()
  {
    std::string name = (fs::temp_directory_path() / "claims-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }

  ~SharedDirectory() { fs::remove_all(path); }

  /// A job as another process would be one, by a clock that only the test moves.
  ChunkClaims job(std::uint32_t chunks)
  {
    return ChunkClaims::open(path, "plan", chunks, seconds(60), [this] { return now; }).value();
  }

  [[nodiscard]] bool has(const std::string& name) const { return fs::exists(path + "/" + name); }

  std::string path;
  std::chrono::steady_clock::time_point now;
};

/// What a process that claims a chunk and ends leaves; with its results or without.
void claim_in_a_process_that_ends(SharedDirectory& directory, const std::string& results)
{
  const pid_t child = ::fork();
  if (child == 0) {
    const ChunkClaims::Taken taken = directory.job(1).take().value();
    const bool left = results.empty() || directory.job(1).finish(taken.claim, results).has_value();
    ::_exit(taken.turn == Turn::run && left ? 0 : 1);
  }
  int status = -1;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_REQUIRE(status == 0);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(chunk_claims, SharedDirectory)

BOOST_AUTO_TEST_CASE(each_job_gets_another_chunk_the_first_ones_first)
{
  ChunkClaims one = job(3);
  ChunkClaims two = job(3);
  BOOST_TEST(one.take()->claim.chunk == 0U);
  BOOST_TEST(two.take()->claim.chunk == 1U);
  BOOST_TEST(one.take()->claim.chunk == 2U);
  BOOST_TEST((two.take()->turn == Turn::wait));
}

BOOST_AUTO_TEST_CASE(of_many_jobs_at_once_one_alone_gets_a_chunk)
{
  constexpr std::uint32_t chunks = 40;
  std::vector<std::atomic<int>> taken(chunks);
  std::vector<std::thread> jobs;
  for (int i = 0; i < 8; ++i) {
    jobs.emplace_back([&] {
      ChunkClaims claims = job(chunks);
      for (auto next = claims.take(); next && next->turn == Turn::run; next = claims.take()) {
        ++taken[next->claim.chunk];
      }
    });
  }
  for (std::thread& one : jobs) {
    one.join();
  }
  for (const std::atomic<int>& times : taken) {
    BOOST_TEST(times == 1);
  }
}

BOOST_AUTO_TEST_CASE(when_all_chunks_have_results_there_is_nothing_to_do)
{
  ChunkClaims one = job(1);
  const ChunkClaim claim = one.take()->claim;
  BOOST_TEST((job(1).take()->turn == Turn::wait));
  BOOST_TEST(one.finish(claim, "results").has_value());
  BOOST_TEST((job(1).take()->turn == Turn::done));
  BOOST_TEST(pulled_results(path)->size() == 1U);
  BOOST_TEST((job(0).take()->turn == Turn::done));
}

BOOST_AUTO_TEST_CASE(a_chunk_whose_owner_gives_no_sign_is_taken_again_and_counts_once)
{
  ChunkClaims hung = job(1);
  ChunkClaims other = job(1);
  const ChunkClaim first = hung.take()->claim;
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(59);
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(1);
  const ChunkClaims::Taken again = other.take().value();
  BOOST_TEST((again.turn == Turn::run));
  BOOST_TEST(again.claim.attempt == 2U);
  BOOST_TEST(!hung.renew(first));
  BOOST_TEST(hung.finish(first, "late").has_value());
  BOOST_TEST(pulled_results(path)->empty());
  BOOST_TEST(other.finish(again.claim, "results").has_value());
  BOOST_TEST(pulled_results(path).value() ==
                 std::vector<std::string>{path + "/chunk-0.2.results.json"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sign_of_life_begins_the_time_anew_whatever_the_clock_of_its_machine_says)
{
  ChunkClaims owner = job(1);
  ChunkClaims other = job(1);
  const ChunkClaim claim = owner.take()->claim;
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(59);
  // Some years ago, by the time of a server.
  fs::last_write_time(path + "/chunk-0.1.claim",
                      fs::file_time_type::clock::now() - seconds(99999999));
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(59);
  BOOST_TEST((other.take()->turn == Turn::wait));
  BOOST_TEST(owner.renew(claim));
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(60);
  BOOST_TEST((other.take()->turn == Turn::run));
}

BOOST_AUTO_TEST_CASE(a_chunk_of_a_process_that_has_ended_is_taken_at_once)
{
  claim_in_a_process_that_ends(*this, "");
  const ChunkClaims::Taken taken = job(1).take().value();
  BOOST_TEST((taken.turn == Turn::run));
  BOOST_TEST(taken.claim.attempt == 2U);
}

BOOST_AUTO_TEST_CASE(a_chunk_of_a_process_that_has_ended_with_results_is_not)
{
  claim_in_a_process_that_ends(*this, "results");
  BOOST_TEST((job(1).take()->turn == Turn::done));
}

BOOST_AUTO_TEST_CASE(a_chunk_that_was_given_back_is_taken_at_once)
{
  ChunkClaims one = job(1);
  one.release(one.take()->claim);
  const ChunkClaims::Taken taken = job(1).take().value();
  BOOST_TEST((taken.turn == Turn::run));
  BOOST_TEST(taken.claim.attempt == 2U);
  BOOST_TEST((job(1).take()->turn == Turn::wait));
}

BOOST_AUTO_TEST_CASE(a_claim_that_cannot_be_read_is_waited_for)
{
  ChunkClaims other = job(1);
  std::ofstream(path + "/chunk-0.1.claim") << "{";
  BOOST_TEST((other.take()->turn == Turn::wait));
  now += seconds(60);
  BOOST_TEST(other.take()->claim.attempt == 2U);
}

BOOST_AUTO_TEST_CASE(a_directory_is_for_one_plan)
{
  job(1);
  const auto other = ChunkClaims::open(path, "other", 1, seconds(60));
  BOOST_REQUIRE(!other);
  BOOST_TEST((other.error().kind == ErrorKind::user));
  BOOST_TEST(other.error().message.find("in use for the plan plan, and this one is other") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(drafts_are_gone_when_a_chunk_is_claimed)
{
  job(1).take().value();
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  BOOST_TEST(names == (std::vector<std::string>{"chunk-0.1.claim", "plan"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
