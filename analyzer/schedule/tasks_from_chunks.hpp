// What the scheduler needs to know of tests that are cut into chunks.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/test_refs.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace winnow::schedule {

/// As tasks_from_tests(), of tests that lie in chunks; `chunk_of` is parallel to `tests`. DEPENDS
/// and fixtures join tests of one chunk only: a test in several chunks, as setups and cleanups are,
/// is several tasks. Two of them never meet, nor does what they serve: a test, and all it waits
/// for, starts in one chunk when all that waits for it in the chunk before has ended. Chunks that
/// share no test know nothing of each other.
/// Rejected: one setup for all chunks. A chunk's verdict and time would then depend on which other
/// chunks run beside it, and the results of chunks run together would not be those run apart.
Result<Job> tasks_from_chunks(const TestRefs& tests, std::span<const std::uint32_t> chunk_of,
                              const History& history, const std::string& lock_scope);

} // namespace winnow::schedule
