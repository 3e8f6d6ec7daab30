// One property of a CTest test, from its text.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <map>
#include <string>
#include <string_view>

namespace winnow::ingest {

/// Sets `name` as ctest does: lists grow each time, labels stay sorted, all else is replaced. A
/// property without a field of its own goes to `others`.
/// A value that ctest ignores changes nothing; false for one that makes it refuse the whole file.
/// `directory` is what a relative working directory is relative to, absolute.
bool set_test_property(TestProperties& properties, std::string_view name, const std::string& value,
                       const std::string& directory);

/// Values as they stand in the files, by the name of a property.
using PropertyTexts = std::map<std::string, std::string, std::less<>>;

/// As ctest keeps them: those of lists are joined by semicolons, all else is replaced.
void keep_property_text(PropertyTexts& texts, std::string_view name, const std::string& value);

} // namespace winnow::ingest
