// A set of ids of one kind, for sets that come to hold most of them.
#pragma once

#include <cstddef>
#include <vector>

namespace winnow {

/// One bit for each id up to the greatest that was put in.
template <class Id>
class IdSet {
 public:
  /// Whether it was not in the set.
  bool insert(Id id)
  {
    if (held_.size() <= id.value) {
      held_.resize(id.value + std::size_t{1});
    }
    const bool added = !held_[id.value];
    held_[id.value] = true;
    return added;
  }

  [[nodiscard]] bool contains(Id id) const { return id.value < held_.size() && held_[id.value]; }

 private:
  std::vector<bool> held_;
};

} // namespace winnow
