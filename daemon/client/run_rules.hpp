// What the rules of winnow.json say of how tests run and what they take.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/repeat.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/select/meant_tests.hpp"

#include <optional>
#include <span>
#include <vector>

namespace winnow::client {

/// The tests of a listing as selectors know them.
std::vector<select::NamedTest> named_tests(const ingest::TestListing& listing, const Roots& roots);

/// What rules say of one test.
struct Ruled {
  std::optional<Repeat> repeat;
  StatedResources stated; ///< stated_at: the rules
};

/// By test: of each thing that rules say of it the first one counts.
std::vector<Ruled> ruled_tests(std::span<const RunRule> rules,
                               std::span<const select::NamedTest> tests);

/// Both statements of one test; winnow.json is stronger.
StatedResources joined(StatedResources stated, const StatedResources& ruled);

} // namespace winnow::client
