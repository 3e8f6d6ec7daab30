// The document `winnow.selection` as a value, for documents that hold one. Included by .cpp files
// only.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <boost/json.hpp>

namespace winnow::report {

/// As selection_to_json() describes it; every part of it lives in `storage`.
boost::json::object selection_value(const Graph& graph, const Selection& selection,
                                    boost::json::storage_ptr storage);

} // namespace winnow::report
