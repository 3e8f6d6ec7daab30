// Reads the rows of standings, and the states that they refer to.
#include "daemon/store/greens_query.hpp"

#include "daemon/store/result_table.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::store {
namespace {

/// As the index on red standings has it, which is used only for these very words.
constexpr std::string_view is_red = "verdict <> 'passed'";

/// Reads each state and each list of files once.
class StateReader {
 public:
  StateReader(Connection& connection, Greens& greens)
      : greens_(greens),
        select_state_(connection.prepare(
            "SELECT commit_id, settings, uncommitted, beside_git FROM states WHERE state = ?")),
        select_files_(connection.prepare(
            "SELECT path, content FROM listed_files WHERE list = ? ORDER BY position"))
  {}

  /// The index of that state in the Greens.
  std::size_t index_of(std::int64_t state)
  {
    const auto [at, is_new] = states_.try_emplace(state, greens_.states.size());
    if (is_new) {
      const auto row = select_state_.with(state).first([](const Statement& found) {
        return std::pair(GreenState{std::string(found.text(0)), std::string(found.text(1))},
                         std::pair(found.integer(2), found.integer(3)));
      });
      if (!row) {
        throw DatabaseFailure(0, "a state that a test passed at is missing");
      }
      GreenState read = row->first;
      read.uncommitted = index_of_list(row->second.first);
      read.beside_git = index_of_list(row->second.second);
      greens_.states.push_back(std::move(read));
    }
    return at->second;
  }

 private:
  std::size_t index_of_list(std::int64_t list)
  {
    const auto [at, is_new] = lists_.try_emplace(list, greens_.file_lists.size());
    if (is_new) {
      std::vector<FileVersion>& files = greens_.file_lists.emplace_back();
      select_files_.with(list);
      while (select_files_.next_row()) {
        files.push_back({std::string(select_files_.text(0)),
                         ContentHash::from_hex(select_files_.text(1)).value_or(ContentHash{})});
      }
    }
    return at->second;
  }

  Greens& greens_;
  Statement select_state_;
  Statement select_files_;
  std::map<std::int64_t, std::size_t> states_;
  std::map<std::int64_t, std::size_t> lists_;
};

/// Reads each site once.
class SiteReader {
 public:
  SiteReader(Connection& connection, Greens& greens)
      : greens_(greens),
        select_(connection.prepare("SELECT branch, build_dir FROM sites WHERE site = ?"))
  {}

  /// The index of that site in the Greens.
  std::size_t index_of(std::int64_t site)
  {
    const auto [at, is_new] = sites_.try_emplace(site, greens_.sites.size());
    if (is_new) {
      const auto read = select_.with(site).first([](const Statement& row) {
        return Site{std::string(row.text(0)), std::string(row.text(1))};
      });
      if (!read) {
        throw DatabaseFailure(0, "where a test was run is missing");
      }
      greens_.sites.push_back(*read);
    }
    return at->second;
  }

 private:
  Greens& greens_;
  Statement select_;
  std::map<std::int64_t, std::size_t> sites_;
};

std::optional<std::size_t> index_in(const Statement& row, int column, StateReader& states)
{
  return row.is_null(column) ? std::nullopt : std::optional(states.index_of(row.integer(column)));
}

} // namespace

Greens greens_in(Connection& connection, const std::string& project,
                 const std::string& configuration, GreensOf which)
{
  Greens greens;
  StateReader states(connection, greens);
  SiteReader sites(connection, greens);
  // Few tests are red: they come first then, which a cross join says.
  const std::string tables =
      which == GreensOf::red_tests
          ? fmt::format("standings CROSS JOIN history USING (test)"
                        " WHERE test IN (SELECT test FROM standings WHERE {}) AND",
                        is_red)
          : "standings JOIN history USING (test) WHERE";
  Statement rows = connection.prepare(
      fmt::format("SELECT directory, name, site, verdict, tested, run, clean, dirty"
                  " FROM {} project = ? AND configuration = ?",
                  tables));
  rows.with(project, configuration);
  while (rows.next_row()) {
    Standing standing;
    standing.site = sites.index_of(rows.integer(2));
    standing.last = verdict_named(rows.text(3)).value_or(Verdict::not_run);
    standing.tested = index_in(rows, 4, states);
    standing.run = rows.integer(5);
    if (which == GreensOf::all_tests) {
      standing.clean = index_in(rows, 6, states);
      standing.dirty = index_in(rows, 7, states);
    }
    greens.standings[{std::string(rows.text(0)), std::string(rows.text(1))}].push_back(
        std::move(standing));
  }
  return greens;
}

} // namespace winnow::store
