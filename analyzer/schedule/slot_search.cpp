// Searches depth first; what has failed once is not tried again.
#include "analyzer/schedule/slot_search.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace winnow::schedule {
namespace {

/// Instances looked at, which bounds time and memory.
constexpr std::size_t most_rooms = 2'000'000;
/// Each is one level of the search.
constexpr std::size_t most_requirements = 10'000;

class SlotSearch {
 public:
  SlotSearch(const std::vector<std::uint32_t>& free, const std::vector<std::uint32_t>& required)
      : required_(required), largest_first_(required.size()), assigned_(required.size())
  {
    std::iota(largest_first_.begin(), largest_first_.end(), std::size_t{0});
    std::ranges::stable_sort(largest_first_, [&](std::size_t left, std::size_t right) {
      return required[left] > required[right];
    });
    for (std::size_t index = 0; index < free.size(); ++index) {
      line_.push_back({free[index], index});
    }
    std::ranges::stable_sort(
        line_, [](const Room& left, const Room& right) { return left.free > right.free; });
  }

  std::optional<std::vector<std::size_t>> run()
  {
    return place(0) ? std::optional(assigned_) : std::nullopt;
  }

 private:
  struct Room {
    std::uint32_t free = 0;
    std::size_t instance = 0;
  };

  /// Finds places for the requirements from the nth largest on.
  bool place(std::size_t nth)
  {
    if (nth == largest_first_.size()) {
      return true;
    }
    rooms_ += line_.size() + 1;
    if (line_.empty() || rooms_ > most_rooms || !is_new(nth)) {
      return false;
    }
    const std::size_t requirement = largest_first_[nth];
    const std::uint32_t slots = required_[requirement];
    for (std::size_t at = 0; at < line_.size() && line_[at].free >= slots; ++at) {
      if (at > 0 && line_[at - 1].free == line_[at].free) {
        continue; // the same again
      }
      assigned_[requirement] = line_[at].instance;
      const std::size_t moved_to = take(at, slots);
      if (place(nth + 1)) {
        return true;
      }
      give_back(at, moved_to, slots);
    }
    return false;
  }

  /// Whether this state of the rooms, whoever they are, has not yet failed at this requirement.
  bool is_new(std::size_t nth)
  {
    std::vector<std::uint32_t> state{static_cast<std::uint32_t>(nth)};
    for (const Room& room : line_) {
      state.push_back(room.free);
    }
    return seen_.insert(std::move(state)).second;
  }

  /// Moves the room behind those with more free slots; its new place in the line.
  std::size_t take(std::size_t at, std::uint32_t slots)
  {
    Room room = line_[at];
    room.free -= slots;
    while (at + 1 < line_.size() && line_[at + 1].free > room.free) {
      line_[at] = line_[at + 1];
      ++at;
    }
    line_[at] = room;
    return at;
  }

  void give_back(std::size_t at, std::size_t moved_to, std::uint32_t slots)
  {
    Room room = line_[moved_to];
    room.free += slots;
    for (; moved_to > at; --moved_to) {
      line_[moved_to] = line_[moved_to - 1];
    }
    line_[at] = room;
  }

  const std::vector<std::uint32_t>& required_;
  std::vector<std::size_t> largest_first_; ///< indices of requirements
  std::vector<std::size_t> assigned_;
  std::vector<Room> line_; ///< the most free slots first
  std::set<std::vector<std::uint32_t>> seen_;
  std::size_t rooms_ = 0;
};

} // namespace

std::optional<std::vector<std::size_t>> assign_slots(const std::vector<std::uint32_t>& free,
                                                     const std::vector<std::uint32_t>& required)
{
  const auto sum = [](const std::vector<std::uint32_t>& slots) {
    return std::accumulate(slots.begin(), slots.end(), std::uint64_t{0});
  };
  if (required.size() > most_requirements || sum(required) > sum(free)) {
    return std::nullopt;
  }
  return SlotSearch(free, required).run();
}

} // namespace winnow::schedule
