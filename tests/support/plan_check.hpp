// Whether a plan keeps what every plan promises.
#pragma once

#include "analyzer/model/plan.hpp"
#include "tests/support/generated_suite.hpp"

#include <string>
#include <vector>

namespace winnow::tests {

/// What the plan breaks, in words; nothing if it is sound. Looked at are the tests in it, what
/// belongs together, its numbers, and of each chunk the schedule that its time is predicted by.
std::vector<std::string> violations(const GeneratedSuite& suite, const Plan& plan);

/// Whether both have the same tests and times.
bool same(const Plan& left, const Plan& right);

} // namespace winnow::tests
