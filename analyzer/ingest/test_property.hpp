// One property of a CTest test, from its text.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// Sets `name` as ctest does: lists grow each time, labels stay sorted, all else is replaced. A
/// property without a field of its own goes to `others`.
/// A value that ctest would not accept changes nothing. `directory` is what a relative working
/// directory is relative to, absolute.
void set_test_property(TestProperties& properties, std::string_view name, const std::string& value,
                       const std::string& directory);

/// "2,gpus:4;gpus:2" as groups of requirements: two groups of four gpu slots, one of two.
/// Elements that do not read like this are left out.
std::vector<std::vector<ResourceRequirement>> parse_resource_groups(std::string_view value);

} // namespace winnow::ingest
