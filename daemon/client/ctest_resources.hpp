// Which resources there are in a run of `winnow ctest`, and which test is to tell.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/run_request.hpp"

#include <optional>
#include <string>

namespace winnow::client {

/// The specification in `asked` (--resource-spec-file), else in `configured`
/// (CTEST_RESOURCE_SPEC_FILE when configuring); nothing if both are "". A relative file is of the
/// build tree. A user error for a file that is none.
Result<std::optional<ResourceSpec>> resources_there_are(const std::string& asked,
                                                        const std::string& configured,
                                                        const std::string& build_dir);

/// Whether GENERATED_RESOURCE_SPEC_FILE is used as CMake 3.28 demands: by one test, which sets up
/// exactly one fixture, on which every test with RESOURCE_GROUPS depends, and without another
/// specification. Else a user error that names the test.
Result<void> check_generated_resources(const RunRequest& request);

/// As older versions have it, which do not know GENERATED_RESOURCE_SPEC_FILE.
void forget_generated_resources(RunRequest& request);

} // namespace winnow::client
