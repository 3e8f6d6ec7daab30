// The counted kinds of a project, and whether what tests state fits them.
#pragma once

#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::client {

/// What winnow.json declares, and what CMake files do besides: ascending by name. Where both, or
/// several CMake files, declare a kind they must agree on how many there are; else a user error
/// that names both places.
Result<std::vector<CountedResource>> declared_resources(std::vector<CountedResource> in_settings,
                                                        std::span<const CountedResource> in_cmake);

/// A test with the places of its statements: "net/slow (CMakeLists.txt:3)".
std::string test_at(const TestKey& test, const StatedResources& stated);

/// A user error, with its place, for a test that asks for a kind nobody declares, or for a count
/// that cannot be.
Result<void> check_statement(const TestKey& test, const StatedResources& stated,
                             std::span<const CountedResource> declared);

} // namespace winnow::client
