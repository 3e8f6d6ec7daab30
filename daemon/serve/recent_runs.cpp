// Two short lists, newest last.
#include "daemon/serve/recent_runs.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace winnow::serve {
namespace {

/// As many as are listed.
constexpr std::size_t most_kept = 50;
/// These are whole, with their requests and events.
constexpr std::size_t most_lost = 8;

template <class Entry>
void add(std::deque<Entry>& all, Entry newest, std::size_t most)
{
  all.push_back(std::move(newest));
  if (all.size() > most) {
    all.pop_front();
  }
}

template <class Entry, class Matches>
Entry find(const std::deque<Entry>& all, Matches matches)
{
  const auto found = std::find_if(all.begin(), all.end(), matches);
  return found == all.end() ? nullptr : *found;
}

} // namespace

void RecentRuns::add_kept(const Run& run)
{
  add(kept_, std::make_shared<const EndedRun>(run.remains()), most_kept);
}

void RecentRuns::add_lost(std::shared_ptr<Run> run)
{
  add(lost_, std::move(run), most_lost);
}

std::shared_ptr<const EndedRun> RecentRuns::kept(const std::string& run_id) const
{
  return find(kept_, [&](const auto& run) { return run->summary.run_id == run_id; });
}

std::shared_ptr<Run> RecentRuns::lost(const std::string& run_id) const
{
  return find(lost_, [&](const auto& run) { return run->id() == run_id; });
}

} // namespace winnow::serve
