// A commit's files as they are kept, so that git need not list them for every query.
#pragma once

#include "analyzer/change/known_commit.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/roots.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::change {

/// Keeping is for these roots and this repository alone: graph paths depend on where things lie.
std::string kept_commit_bytes(const SourceState& commit, const Roots& roots,
                              const Repository& repository);

/// Whether bytes still have to be added up to know that they are undamaged.
enum class Checksum { compared, known_right };

/// Nothing unless `bytes`, which `owner` keeps, are those of kept_commit_bytes() for the same
/// roots, whole and undamaged.
std::optional<KnownCommit> kept_commit_from(std::string_view bytes,
                                            std::shared_ptr<const void> owner, const Roots& roots,
                                            Checksum checksum = Checksum::compared);

} // namespace winnow::change
