// Greens as JSON, from lists of fields.
#include "analyzer/report/greens_json.hpp"

#include "analyzer/report/run_fields.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace winnow {
template <class Visit>
void fields(Visit&& visit, Tag<GreenState>)
{
  visit("commit", &GreenState::commit);
  visit("settings", &GreenState::settings);
  visit("uncommitted", &GreenState::uncommitted);
  visit("beside_git", &GreenState::beside_git);
}

template <class Visit>
void fields(Visit&& visit, Tag<Site>)
{
  visit("branch", &Site::branch);
  visit("build_dir", &Site::build_dir);
}

template <class Visit>
void fields(Visit&& visit, Tag<Standing>)
{
  visit("site", &Standing::site);
  visit("last", &Standing::last);
  visit("tested", &Standing::tested);
  visit("run", &Standing::run);
  visit("clean", &Standing::clean);
  visit("dirty", &Standing::dirty);
}

// Functions beside the types, where lookup by arguments finds them.
namespace {

/// One entry of Greens::standings.
struct TestStandings {
  TestKey key;
  std::vector<Standing> standings;
};

/// A Greens as it is written.
struct WrittenGreens {
  std::vector<std::vector<FileVersion>> file_lists;
  std::vector<GreenState> states;
  std::vector<Site> sites;
  std::vector<TestStandings> tests;
};

template <class Visit>
void fields(Visit&& visit, Tag<TestStandings>)
{
  visit("key", &TestStandings::key);
  visit("standings", &TestStandings::standings);
}

template <class Visit>
void fields(Visit&& visit, Tag<WrittenGreens>)
{
  visit("file_lists", &WrittenGreens::file_lists);
  visit("states", &WrittenGreens::states);
  visit("sites", &WrittenGreens::sites);
  visit("tests", &WrittenGreens::tests);
}

} // namespace

namespace report {
namespace {

namespace json = boost::json;

/// The member whose index leads nowhere, "" if all are good.
std::string_view dangling(const Greens& greens)
{
  for (const GreenState& state : greens.states) {
    if (std::max(state.uncommitted, state.beside_git) >= greens.file_lists.size()) {
      return "states";
    }
  }
  for (const auto& [key, standings] : greens.standings) {
    for (const Standing& standing : standings) {
      if (standing.site >= greens.sites.size()) {
        return "tests";
      }
      for (const auto& index : {standing.tested, standing.clean, standing.dirty}) {
        if (index && *index >= greens.states.size()) {
          return "tests";
        }
      }
    }
  }
  return {};
}

} // namespace

std::string greens_to_json(const Greens& greens)
{
  WrittenGreens written{greens.file_lists, greens.states, greens.sites, {}};
  written.tests.reserve(greens.standings.size());
  for (const auto& [key, standings] : greens.standings) {
    written.tests.push_back({key, standings});
  }
  return json::serialize(json_codec::write(written));
}

Result<Greens> greens_from_json(std::string_view text)
{
  const Result<json::value> value = json_codec::parse(text, "history of passes");
  if (!value) {
    return value.error();
  }
  auto written = json_codec::read_whole<WrittenGreens>(*value, "history of passes");
  if (!written) {
    return written.error();
  }
  Greens greens{
      std::move(written->file_lists), std::move(written->states), std::move(written->sites), {}};
  for (TestStandings& test : written->tests) {
    greens.standings.insert_or_assign(std::move(test.key), std::move(test.standings));
  }
  if (const std::string_view where = dangling(greens); !where.empty()) {
    return data_error("the history of passes cannot be used: its " + std::string(where) +
                      " name what is not there");
  }
  return greens;
}

} // namespace report
} // namespace winnow
