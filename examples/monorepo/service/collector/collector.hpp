// What the collector knows and answers; it does no I/O.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "messages/collector.hpp"

namespace isobar {

class Collector {
 public:
  /// The answer to a request, both encoded. Whatever it cannot read it refuses.
  std::string answer(std::string_view request);

  bool stop_requested() const { return stop_requested_; }

 private:
  std::string take(const Observation& observation);

  std::map<std::string, std::map<std::int64_t, Observation>, std::less<>> by_station_;
  bool stop_requested_ = false;
};

} // namespace isobar
