// Headers that are younger than what a compiler told of its includes, and that it would find now.
#pragma once

#include "analyzer/ingest/header_log.hpp"
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/scanned_headers.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

/// A header that appears in front of one that an object was made from makes ninja build nothing,
/// so the object's list stays as it was, and does not name the new one. A younger header need not
/// have appeared since: most were edited, and are not in the list because no directive that counts
/// means them. So one matters only where the list has another of its name, which a directive did
/// mean, or where it is asked whether there is one.
class LateHeaders {
 public:
  /// Looks at the files of the sources and the outputs of steps, and at all directives: when all
  /// lists have been read, of which `oldest_ns` is the age of the oldest.
  LateHeaders(const GraphBuilder& builder, RecordedFiles& files, const ScannedHeaders& scanned,
              std::int64_t oldest_ns);

  /// The last components of late headers that the record's step may find; most often none.
  [[nodiscard]] std::unordered_set<std::string_view> names_for(const NinjaDepsRecord& record,
                                                               HeaderLog& log) const;

  /// Whether a scan has found a header of one of these names that is younger than the record.
  [[nodiscard]] bool are_among(const std::vector<FileId>& found,
                               const std::unordered_set<std::string_view>& names,
                               const NinjaDepsRecord& record) const;

 private:
  void consider(std::string_view graph_path, std::int64_t oldest_ns);

  /// Of a younger header, by its last component.
  struct Mention {
    std::string_view name;
    bool asks; ///< whether there is one
  };

  const GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<std::string, std::int64_t> youngest_; ///< by last component
  std::int64_t youngest_of_all_ns_ = 0;
  std::unordered_map<FileId, std::vector<Mention>> mentions_; ///< by the file with the directive
};

} // namespace winnow::ingest
