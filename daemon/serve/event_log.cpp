// Puts events into the list of their kind, and finds them there.
#include "daemon/serve/event_log.hpp"

#include <utility>
#include <variant>

namespace winnow::serve {

void EventLog::add(RunEvent event)
{
  const auto put = [&](Kind kind, auto& list, auto&& element) {
    places_.push_back({kind, static_cast<std::uint32_t>(list.size())});
    list.push_back(std::forward<decltype(element)>(element));
  };
  if (auto* start = std::get_if<TestStarted>(&event)) {
    put(Kind::start, starts_, *start);
  } else if (auto* result = std::get_if<TestFinished>(&event)) {
    put(Kind::result, results_, std::move(*result));
  } else {
    put(Kind::other, others_, std::move(event));
  }
}

RunEvent EventLog::operator[](std::size_t index) const
{
  const Place place = places_[index];
  switch (place.kind) {
  case Kind::start:
    return starts_[place.index];
  case Kind::result:
    return results_[place.index];
  default:
    return others_[place.index];
  }
}

} // namespace winnow::serve
