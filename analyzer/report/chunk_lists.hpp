// The chunks of a plan as lists of names, for who runs them without Winnow.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/report/test_names.hpp"

#include <string>
#include <vector>

namespace winnow::report {

/// A file, by its name in a directory.
struct NamedText {
  std::string name;
  std::string text;
};

/// Whether a file of that name is a list of some chunk.
bool is_chunk_list(std::string_view file_name);

/// For each chunk, a name a line: chunk-0.tests, as `ctest --tests-from-file` takes them;
/// chunk-0.targets, which must be built for it. Where a test of the chunk shares its name with
/// another one of the project, also chunk-0.paths, with `directory/name` of each test: ctest takes
/// all tests of a name. A user error for a name that does not fit on a line.
Result<std::vector<NamedText>> chunk_lists(const Plan& plan, const TestNames& names);

} // namespace winnow::report
