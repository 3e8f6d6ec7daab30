// Values of one quantity at one place over time.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "civil_time/civil_time.hpp"
#include "units/units.hpp"

namespace isobar {

template <class Value>
struct Sample {
  Instant taken_at;
  Value value;
};

/// Samples in order of time, at most one for each instant.
template <class Value>
class Series {
 public:
  /// Adds a sample; one that is there for the same instant is replaced.
  void add(Instant taken_at, Value value)
  {
    const auto place = std::ranges::lower_bound(samples_, taken_at, {}, &Sample<Value>::taken_at);
    if (place != samples_.end() && place->taken_at == taken_at) {
      place->value = value;
    } else {
      samples_.insert(place, {taken_at, value});
    }
  }

  std::span<const Sample<Value>> samples() const { return samples_; }

  /// The samples with first <= time < end.
  std::span<const Sample<Value>> between(Instant first, Instant end) const
  {
    const auto from = std::ranges::lower_bound(samples_, first, {}, &Sample<Value>::taken_at);
    const auto to = std::ranges::lower_bound(samples_, end, {}, &Sample<Value>::taken_at);
    return {from, std::max(from, to)};
  }

 private:
  std::vector<Sample<Value>> samples_;
};

} // namespace isobar
