// What a client asks the daemon to run, and the surroundings it is to run in.
#pragma once

#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/repeat.hpp"
#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/tested_state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// One test to run, with its place in the plan.
struct RequestedTest {
  TestDescription description;
  std::uint32_t chunk = 0;
  std::optional<Repeat> repeat = {}; ///< instead of the run's
};

/// Tests are executed in a child that starts from exactly this, not from the daemon's own state.
struct Surroundings {
  std::vector<std::string> environment; ///< "NAME=value"
  std::string directory;                ///< the client's working directory
  std::uint32_t umask = 022;
};

/// What happens to the run when the client that follows its events goes away.
enum class Lease { ends_with_client, detached };

/// Whose conventions hold inside the tests: ctest leaves their environment alone.
enum class Dialect { winnow, ctest };

struct RunRequest {
  std::string project;       ///< names the source tree: history and locks are per project
  std::string configuration; ///< build type and the like; history is per configuration too
  std::string build_dir;     ///< absolute
  std::vector<RequestedTest> tests;
  std::vector<std::string> chunk_names; ///< one for each chunk; empty means one chunk
  std::optional<std::uint32_t>
      jobs; ///< -j: cpus of capacity (Dialect::winnow), running tests (ctest)
  std::optional<double> timeout_s;         ///< for tests without a TIMEOUT of their own
  std::optional<std::uint32_t> load_limit; ///< starts nothing that would take the load above this
  std::optional<Repeat> repeat;
  /// Wall time, in microseconds since the Unix epoch, at which nothing runs any more.
  std::optional<std::int64_t> stop_at_us;
  std::optional<std::uint32_t> max_failures; ///< starts nothing more after so many
  /// A test starts only when the client, told by StartWanted, permits it.
  bool paced = false;
  /// Tests may be ended while memory is short, and what dies of that runs again, alone.
  bool rerun_for_memory = true;
  Dialect dialect = Dialect::winnow;
  Lease lease = Lease::ends_with_client;
  Surroundings surroundings;
  std::string branch;                ///< that is checked out; "" if none is, or nobody knows
  std::optional<TestedState> tested; ///< unset where the programs may be of another state
  /// What RESOURCE_GROUPS are about; unset: they mean nothing, until a test has made one.
  std::optional<ResourceSpec> resource_spec;
  /// The kinds that the tests' statements are about.
  std::vector<CountedResource> resources;
  /// For all tests that run at once; unset: as much as the machine has.
  std::optional<std::uint64_t> memory_limit_bytes;
};

/// How often a test of the request is run again, if it is.
inline const std::optional<Repeat>& repeat_of(const RunRequest& request, std::uint32_t test)
{
  const std::optional<Repeat>& own = request.tests[test].repeat;
  return own ? own : request.repeat;
}

} // namespace winnow
