// All that happened in a run so far, in the room it needs.
#pragma once

#include "analyzer/model/run_event.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace winnow::serve {

/// Grows only; an event keeps its index. Nearly all events are starts and results of tests, so that
/// each kind has a list of its own: as alternatives of one type a start would be as large as a
/// result, and a vector of them twice as large again whenever it grows.
class EventLog {
 public:
  void add(RunEvent event);

  [[nodiscard]] std::size_t size() const { return places_.size(); }

  [[nodiscard]] RunEvent operator[](std::size_t index) const;

 private:
  enum class Kind : std::uint8_t { start, result, other };

  struct Place {
    Kind kind;
    std::uint32_t index; ///< in the list of its kind
  };

  std::vector<Place> places_;
  std::deque<TestStarted> starts_;
  std::deque<TestFinished> results_;
  std::deque<RunEvent> others_;
};

} // namespace winnow::serve
