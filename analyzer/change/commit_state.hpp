// The contents of a commit.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <string_view>

namespace winnow::change {

/// The content of every file, without reading one, and the commits of submodules. In
/// repositories that name content by SHA-256 all hashes are unknown.
Result<SourceState> state_of_commit(const Repository& repository, const Roots& roots,
                                    const std::string& commit);

/// What `git ls-tree -r -z --full-tree` prints of it, `mode type id TAB path NUL` for each file. A
/// data error for anything else.
Result<SourceState> state_in_listing(std::string_view listing, const Repository& repository,
                                     const Roots& roots, const std::string& commit);

} // namespace winnow::change
