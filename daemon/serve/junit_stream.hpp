// The JUnit document of a run, with one output in memory at a time.
#pragma once

#include "daemon/serve/body_stream.hpp"
#include "daemon/serve/run_record.hpp"

#include <memory>

namespace winnow::serve {

std::shared_ptr<BodyStream> junit_stream(RunRecord record);

} // namespace winnow::serve
