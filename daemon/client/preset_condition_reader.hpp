// Conditions as preset files have them.
// Included by .cpp files only, like preset_json.hpp.
#pragma once

#include "daemon/client/preset_condition.hpp"
#include "daemon/client/preset_json.hpp"

#include <string>

namespace winnow::client {

/// true, false, null, or an object with a type. Faults are told to `json`.
PresetCondition read_preset_condition(PresetJson& json, const boost::json::value& value,
                                      const std::string& path);

} // namespace winnow::client
