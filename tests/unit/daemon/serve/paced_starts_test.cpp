// Runs that start a test only when their client permits it, through the routes.
#include "tests/support/route_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <memory>
#include <string>

using namespace winnow;
using namespace winnow::serve;

namespace {

struct PacedFixture : RouteFixture {
  PacedFixture()
  {
    request.paced = true;
    request.jobs = 8;
  }

  bool permit(const std::string& id)
  {
    const RouteResponse response = ask("POST", "/v1/runs/" + id + "/starts");
    BOOST_TEST(response.status == 200);
    return required(report::start_reply_from_json(response.body));
  }

  /// Until the run has said so often that it would start a test.
  void wait_for_wishes(const Run& run, std::size_t wishes)
  {
    work_until([&] { return events_of<StartWanted>(run).size() == wishes; });
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(paced_starts, PacedFixture)

BOOST_AUTO_TEST_CASE(each_start_is_asked_for_and_permitted)
{
  add("a", {"/bin/true"});
  add("b", {"/bin/true"});
  const std::string id = post();
  const std::shared_ptr<Run> run = service->find(id);
  wait_for_wishes(*run, 1);
  BOOST_TEST(events_of<TestStarted>(*run).empty());
  BOOST_TEST(permit(id));
  wait_for_wishes(*run, 2); // at once: nothing but the permit is missing
  BOOST_TEST(permit(id));
  work_until([&] { return run->ended(); });
  BOOST_TEST(events_of<TestStarted>(*run).size() == 2U);
  BOOST_TEST(events_of<StartWanted>(*run).size() == 2U);
  BOOST_TEST((end_of(*run).end == RunEnd::completed));
}

BOOST_AUTO_TEST_CASE(what_cannot_start_asks_for_nothing_and_uses_nothing)
{
  shell("first", "sleep 0.05").resource_locks = {"db"};
  add("second", {"/bin/true"}).resource_locks = {"db"};
  add("off", {"/bin/true"}).disabled = true;
  const std::string id = post();
  const std::shared_ptr<Run> run = service->find(id);
  wait_for_wishes(*run, 1);
  BOOST_TEST(permit(id));
  BOOST_TEST(!permit(id)); // the lock is held
  wait_for_wishes(*run, 2);
  BOOST_TEST(permit(id));
  finish(id);
  BOOST_TEST(!permit(id));
  BOOST_TEST(!permit("nobody"));
}

BOOST_AUTO_TEST_CASE(a_test_that_runs_again_needs_no_further_permit)
{
  request.repeat = Repeat{RepeatMode::until_fail, 3};
  add("a", {"/bin/true"});
  const std::string id = post();
  const std::shared_ptr<Run> run = service->find(id);
  wait_for_wishes(*run, 1);
  BOOST_TEST(permit(id));
  finish(id);
  BOOST_TEST(events_of<TestStarted>(*run).size() == 3U);
  BOOST_TEST(events_of<StartWanted>(*run).size() == 1U);
}

BOOST_AUTO_TEST_CASE(cleanups_run_without_permits_when_the_client_is_gone)
{
  add("setup", {"/bin/true"}).fixtures_setup = {"f"};
  add("user", {"/bin/true"}).fixtures_required = {"f"};
  shell("cleanup", "touch cleaned").fixtures_cleanup = {"f"};
  const std::string id = post();
  const std::shared_ptr<Run> run = service->find(id);
  wait_for_wishes(*run, 1);
  BOOST_TEST(permit(id));
  wait_for_wishes(*run, 2);
  routes.lease_ended(id);
  work_until([&] { return run->ended(); });
  BOOST_TEST(std::filesystem::exists(scratch / "cleaned"));
}

BOOST_AUTO_TEST_CASE(a_run_that_is_not_paced_takes_no_permits)
{
  request.paced = false;
  add("a", {"/bin/true"});
  const std::string id = post();
  const std::shared_ptr<Run> run = service->find(id);
  BOOST_TEST(!permit(id));
  work_until([&] { return run->ended(); });
  BOOST_TEST(events_of<StartWanted>(*run).empty());
}

BOOST_AUTO_TEST_CASE(only_posts_permit)
{
  BOOST_TEST(ask("GET", "/v1/runs/x/starts").status == 405);
  BOOST_TEST(ask("PUT", "/v1/runs/x/starts").status == 405);
}

BOOST_AUTO_TEST_SUITE_END()
