// Reads "run" of winnow.json. Included by .cpp files only: Boost.JSON compiles slowly.
#pragma once

#include "analyzer/model/settings.hpp"
#include "analyzer/report/settings_reader.hpp"

#include <boost/json.hpp>

namespace winnow::report {

/// Faults stay with the reader.
void read_run_settings(SettingsReader& reader, const boost::json::value& value, Settings& settings);

} // namespace winnow::report
