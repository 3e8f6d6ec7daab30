// What `winnow ctest` asks the daemon to run.
#pragma once

#include "analyzer/model/run_request.hpp"
#include "daemon/client/ctest_session.hpp"

#include <cstdint>
#include <vector>

namespace winnow::client {

/// Who limits how many tests run at once, where -j has no number.
enum class TestLimit { cpus, job_server };

RunRequest ctest_request(const CTestSession& session, TestLimit limit = TestLimit::cpus);

/// The order in which ctest shows tests that run one at a time; nothing for others.
std::vector<std::uint32_t> turns_of(const RunRequest& request);

} // namespace winnow::client
