// The events of a run as JSON lines, from its beginning to its end.
#pragma once

#include "daemon/serve/body_stream.hpp"

#include <memory>

namespace winnow::serve {

class Run;

std::shared_ptr<BodyStream> run_event_stream(std::shared_ptr<Run> run);

} // namespace winnow::serve
