// What the scheduler needs to know of tests.
#pragma once

#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/test_refs.hpp"
#include "analyzer/schedule/scheduler.hpp"
#include "analyzer/schedule/test_order.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::schedule {

/// A job with one task for each test, at the same index. Names in DEPENDS and fixtures mean tests
/// of this run only. Leave out tests that are not to be executed (DISABLED) first. A setup must
/// succeed before the users of its fixture start; a cleanup comes after all of both, whatever
/// became of them. A user error names the tests that wait for each other in a circle. The job has
/// no limits; the caller sets those.
Result<Job> tasks_from_tests(const TestRefs& tests, const History& history, std::string lock_scope,
                             SameName same_name = SameName::of_directory);

/// How many there are of each, for Job::pools.
std::vector<ResourceCount> capacities_of(std::span<const CountedResource> resources);

} // namespace winnow::schedule
