// The document `winnow.claim`, written and read.
#pragma once

#include "analyzer/model/chunk_claim.hpp"
#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Version 1, one line with its end: kind, version, plan, chunk, attempt, host, pid_space, pid,
/// process_start, claimed_us.
std::string claim_to_json(const ChunkClaim& claim);

/// A data error names the member at fault.
Result<ChunkClaim> claim_from_json(std::string_view text);

} // namespace winnow::report
