// Where a graph was recorded, as JSON. Included by .cpp files only: Boost.JSON compiles slowly.
#pragma once

#include "analyzer/model/graph_records.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <boost/json.hpp>

namespace winnow::report {

inline boost::json::object origin_value(const GraphOrigin& origin)
{
  return {{"project", json_text(origin.project)},
          {"commit", json_text(origin.commit)},
          {"generator", json_text(origin.generator)},
          {"configuration", json_text(origin.configuration)},
          {"compiler", json_text(origin.compiler)},
          {"winnow_version", json_text(origin.winnow_version)}};
}

} // namespace winnow::report
