// Tests that databases of earlier versions are brought up to date with all that is in them.
#include "daemon/store/database.hpp"
#include "daemon/store/store.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace winnow;
using namespace winnow::store;

namespace {

/// As version 1 left it, with a run of two tests.
constexpr const char* version_1 = R"sql(
CREATE TABLE runs (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, project TEXT NOT NULL,
  configuration TEXT NOT NULL, build_dir TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL,
  started_us INTEGER NOT NULL, ended_us INTEGER NOT NULL DEFAULT 0, tests INTEGER NOT NULL,
  finished INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE history (
  test INTEGER PRIMARY KEY, project TEXT NOT NULL, configuration TEXT NOT NULL,
  directory TEXT NOT NULL, name TEXT NOT NULL, last_verdict TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, duration_us INTEGER NOT NULL DEFAULT 0,
  cpu_us INTEGER NOT NULL DEFAULT 0, peak_memory_bytes INTEGER NOT NULL DEFAULT 0,
  measurements BLOB NOT NULL DEFAULT x'', UNIQUE (project, configuration, directory, name)
);
CREATE TABLE results (
  number INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs,
  test INTEGER NOT NULL REFERENCES history, position INTEGER NOT NULL, attempt INTEGER NOT NULL,
  chunk INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, exit_code INTEGER NOT NULL,
  signal INTEGER NOT NULL, started_us INTEGER NOT NULL, duration_us INTEGER NOT NULL,
  waited_us INTEGER NOT NULL, cpu_us INTEGER NOT NULL, peak_memory_bytes INTEGER NOT NULL,
  output_bytes INTEGER NOT NULL, output_offset INTEGER NOT NULL, output_length INTEGER NOT NULL,
  leaked TEXT NOT NULL, UNIQUE (run, position, attempt)
);
INSERT INTO runs (id, project, configuration, build_dir, state, owner, started_us, tests)
  VALUES ('old', 'project', 'Debug', '/build', 'completed', '', 5, 2);
INSERT INTO history (project, configuration, directory, name, last_verdict, attempts, duration_us)
  VALUES ('project', 'Debug', 'dir', 'good', 'passed', 3, 77),
         ('project', 'Debug', 'dir', 'bad', 'crashed', 0, 0),
         ('project', 'Debug', 'dir', 'never', NULL, 0, 0);
PRAGMA user_version = 1;
)sql";

struct MigrationFixture : StoreFixture {
  MigrationFixture()
  {
    std::filesystem::create_directories(directory);
    Connection connection(directory + "/winnow.db");
    connection.execute(version_1);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(migrations, MigrationFixture)

BOOST_AUTO_TEST_CASE(nothing_of_version_1_is_lost)
{
  Store store = open();
  BOOST_TEST(store.notice() == "");
  BOOST_REQUIRE(required(store.run("old")));
  const History history = required(store.history("project", "Debug"));
  BOOST_TEST(history.at({"dir", "good"}).duration_us == 77);
  BOOST_CHECK(history.at({"dir", "bad"}).last == Verdict::crashed);
  BOOST_TEST(history.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_was_red_stays_red_and_nothing_is_green)
{
  Store store = open();
  const Greens red = required(store.greens("project", "Debug", GreensOf::red_tests));
  BOOST_REQUIRE(red.standings.size() == 1U);
  const Standing& bad = red.standings.at({"dir", "bad"})[0];
  BOOST_CHECK(bad.last == Verdict::crashed);
  BOOST_TEST(bad.run == 0);
  BOOST_TEST(red.sites.at(bad.site).build_dir == "");
  const Greens all = required(store.greens("project", "Debug", GreensOf::all_tests));
  BOOST_TEST(all.standings.size() == 2U);
  BOOST_TEST(all.states.empty());
}

BOOST_AUTO_TEST_CASE(a_migrated_database_takes_new_runs)
{
  request.branch = "main";
  request.tested = TestedState{"c1", "settings", {}, {}};
  Store store = open();
  const std::string run = required(store.begin_run(request, now_us));
  required(store.add_results(run, {result_of("bad", 0, Verdict::passed)}));
  const Greens all = required(store.greens("project", "Debug", GreensOf::all_tests));
  BOOST_TEST(all.standings.at({"dir", "bad"}).size() == 2U);
  BOOST_TEST(all.states.at(0).commit == "c1");
}

BOOST_AUTO_TEST_CASE(it_is_migrated_once)
{
  open();
  open();
  Connection connection(directory + "/winnow.db");
  BOOST_TEST(connection.integer("PRAGMA user_version") == 5);
}

BOOST_AUTO_TEST_SUITE_END()
