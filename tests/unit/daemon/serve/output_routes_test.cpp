// Tests of the route to a test's output: before, while and after it runs.
#include "tests/support/route_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace winnow;
using namespace winnow::serve;

BOOST_FIXTURE_TEST_SUITE(output_routes, RouteFixture)

BOOST_AUTO_TEST_CASE(output_is_what_the_test_wrote_from_an_offset_on)
{
  shell("first", "echo 0123456789");
  shell("second", "echo abcdef");
  const std::string run = "/v1/runs/" + post_and_finish();
  BOOST_TEST(get(run + "/tests/0/output").body == "0123456789\n");
  BOOST_TEST(get(run + "/tests/1/output").body == "abcdef\n");
  BOOST_TEST(get(run + "/tests/1/output?from=4").body == "ef\n");
  BOOST_TEST(get(run + "/tests/1/output?from=4000").body == "");
  BOOST_TEST(get(run + "/tests/1/output?follow=true").body == "abcdef\n");
  BOOST_TEST(get(run + "/tests/0/output").content_type == "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(output_of_a_running_test_is_what_there_is_or_is_followed_to_its_end)
{
  shell("t", "echo one; touch one; while [ ! -e go ]; do sleep 0.01; done; echo two");
  const std::string target = "/v1/runs/" + post() + "/tests/0/output";
  BOOST_TEST(get(target).status == 404); // it has not started
  const Reader from_start(get(target + "?follow=true"));
  work_until([&] { return std::filesystem::exists(scratch / "one"); });
  const RouteResponse now = get(target);
  const Reader later(get(target + "?from=4&follow=true"));
  std::ofstream(scratch / "go");
  BOOST_TEST(whole(later) == "two\n");
  BOOST_TEST(whole(from_start) == "one\ntwo\n");
  BOOST_TEST(whole(Reader(now)) == "one\n"); // also if it is slow to read that
}

BOOST_AUTO_TEST_CASE(a_follower_reads_on_while_a_test_writes)
{
  shell("t", "for i in 1 2 3; do echo $i; while [ ! -e go$i ]; do sleep 0.01; done; done");
  const Reader reader(get("/v1/runs/" + post() + "/tests/0/output?follow=true"));
  for (const char* number : {"1", "2", "3"}) {
    work_until([&] { return reader.all.ends_with(std::string(number) + "\n"); });
    std::ofstream(scratch / ("go" + std::string(number)));
  }
  BOOST_TEST(whole(reader) == "1\n2\n3\n");
}

BOOST_AUTO_TEST_CASE(following_a_test_that_never_starts_ends_with_its_run)
{
  add("setup", {"/bin/false"}).fixtures_setup = {"f"};
  add("user", {"/bin/true"}).fixtures_required = {"f"};
  const Reader reader(get("/v1/runs/" + post() + "/tests/1/output?follow=true"));
  BOOST_TEST(whole(reader) == "");
}

BOOST_AUTO_TEST_CASE(a_follower_reads_the_whole_of_an_output_that_is_kept_in_part)
{
  shell("t", "touch begun; while [ ! -e go ]; do sleep 0.01; done; seq 1 200000");
  const std::string target = "/v1/runs/" + post() + "/tests/0/output";
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  const Reader reader(get(target + "?follow=true"));
  std::ofstream(scratch / "go");
  const std::string all = whole(reader);
  BOOST_TEST(all.size() == 1288895U);
  BOOST_TEST(all.ends_with("\n200000\n"));
  BOOST_TEST(get(target).body.size() < all.size());
}

BOOST_AUTO_TEST_SUITE_END()
