// A diagnosis for people and for programs.
#pragma once

#include "analyzer/model/diagnosis.hpp"
#include "analyzer/report/paint.hpp"

#include <string>

namespace winnow::report {

/// The document `winnow.diagnosis`, version 1, one line without its end:
///   kind, version, build_dir (null if there is none), problems (how many)
///   findings[]{name, severity: "problem" or "advice", what, cause, remedy, items[]}
///   checked[]: the names of all checks that could be made
std::string diagnosis_to_json(const Diagnosis& diagnosis);

/// Lines for a terminal, problems first; of many items the first ones.
std::string diagnosis_to_text(const Diagnosis& diagnosis, Color color);

} // namespace winnow::report
