// Keeps both orders of each shape in step.
#include "analyzer/schedule/ready_queue.hpp"

namespace winnow::schedule {

void ReadyQueue::insert(const Shape& shape, const Place& place, std::int64_t estimate_us)
{
  Line& line = lines_[shape];
  line.by_rank_.insert(place);
  line.by_estimate_.insert({-estimate_us, place});
}

void ReadyQueue::erase(const Shape& shape, const Place& place, std::int64_t estimate_us)
{
  const auto line = lines_.find(shape);
  line->second.by_rank_.erase(place);
  line->second.by_estimate_.erase({-estimate_us, place});
  if (line->second.by_rank_.empty()) {
    lines_.erase(line);
  }
}

std::optional<Place> ReadyQueue::Line::longest_within(std::int64_t limit_us) const
{
  const auto found = by_estimate_.lower_bound({-limit_us, Place{Rank::first(), TaskId{}}});
  if (found == by_estimate_.end()) {
    return std::nullopt;
  }
  return found->place;
}

} // namespace winnow::schedule
