// The events of a run that is over, as JSON lines, made from its record.
#pragma once

#include "daemon/serve/body_stream.hpp"
#include "daemon/serve/run_record.hpp"

#include <memory>

namespace winnow::serve {

/// As a follower would have read them, each start right before its end. Of a run that the daemon
/// does not remember the starts are missing; without an end in the store there is none here.
std::shared_ptr<BodyStream> recorded_event_stream(RunRecord record);

} // namespace winnow::serve
