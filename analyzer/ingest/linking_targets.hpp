// Which targets link which, also through others.
#pragma once

#include "analyzer/ingest/export_file.hpp"

#include <string>
#include <vector>

namespace winnow::ingest {

/// The targets that link `target`, or are made after it, themselves or through others; sorted, not
/// `target` itself. O(targets and links).
std::vector<std::string> targets_linking(const std::vector<ExportedTarget>& targets,
                                         const std::string& target);

} // namespace winnow::ingest
