// This process as the owner of a claim, and whether another one still runs.
#pragma once

#include "analyzer/model/chunk_claim.hpp"

namespace winnow::client {

ClaimOwner this_owner();

/// Whether the process is known to have ended: false of one that cannot be seen from here.
bool has_ended(const ClaimOwner& owner);

} // namespace winnow::client
