// The output of one test of a living run.
#pragma once

#include "daemon/serve/body_stream.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

namespace winnow::serve {

class Run;

enum class OutputUntil {
  now,        ///< what there is
  test_ended, ///< waits for the test to start and to end
};

/// From byte `from` on, whole: what the run's log leaves out of a long output is in it.
std::shared_ptr<BodyStream> output_stream(const boost::asio::any_io_executor& executor,
                                          std::shared_ptr<Run> run, std::uint32_t test,
                                          std::uint64_t from, OutputUntil until);

} // namespace winnow::serve
