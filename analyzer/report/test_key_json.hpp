// A test's key as members of a JSON object. Included by .cpp files only: Boost.JSON compiles
// slowly.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <boost/json.hpp>

namespace winnow::report {

/// Adds "name" and "directory", and "percent_encoded": true where one of them is not UTF-8: both
/// are then encoded as utf8_or_percent() does, so that the key can be read back exactly.
void write_key(boost::json::object& object, const TestKey& key);

/// The bytes as a JSON string, by utf8_or_percent().
boost::json::string json_text(std::string_view bytes, boost::json::storage_ptr storage = {});

} // namespace winnow::report
