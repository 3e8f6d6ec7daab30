// Headers that came after a compiler had told what it includes, and that it would find now.
#pragma once

#include "analyzer/ingest/header_log.hpp"
#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/scanned_headers.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/text_hash.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// A header that appears in front of one that an object was made from makes ninja build nothing,
/// so the object's list stays as it was, and does not name the new one. When a header appeared
/// nobody knows: here it is when it was written, or when its directory or one above it last got or
/// lost an entry, which moving a file changes. Most headers that are younger than a list were only
/// edited, and are not in it because no directive that counts means them. So one matters only where
/// the list has another one that the same directive may mean, or where it is asked whether there is
/// one. Not seen: a directory that was moved to the top of the sources, and files outside of them.
class LateHeaders {
 public:
  /// When all other files and all directives are known. `unlisted` are those of the sources that
  /// git does not tell of. All but these must outlive this.
  LateHeaders(const GraphBuilder& builder, RecordedFiles& files, const ScannedHeaders& scanned,
              HeaderLog& log, std::span<const std::string> unlisted);

  /// Whether the compiler of the record's step may find one: a scan can tell.
  [[nodiscard]] bool may_concern(StepId step, const NinjaDepsRecord& record);

  /// What a scan has found and the record does not list, if a late header is among it or the scan
  /// may have found too little; else nothing. Late ones that git does not tell of are noted as
  /// newer.
  [[nodiscard]] std::optional<std::vector<FileId>> added_by(const ScannedHeaders::Headers& found,
                                                            const NinjaDepsRecord& record);

 private:
  struct Late {
    std::string path;     ///< graph path
    std::int64_t came_ns; ///< the greatest number there is for what is still to be made
  };

  /// A directive that may mean late headers.
  struct Mention {
    std::string_view name; ///< "" if it is computed: it may mean any
    bool asks;             ///< only whether there is one
  };

  /// What is known of a file in the log.
  struct Listed {
    std::vector<std::uint32_t> groups; ///< of its names
    bool asks = false;                 ///< whether it has a directive that asks for a late header
  };

  void consider(std::string_view graph_path);
  [[nodiscard]] std::int64_t came_ns(std::string_view graph_path);
  [[nodiscard]] std::int64_t directory_ns(std::string_view graph_directory);
  [[nodiscard]] const Listed& listed(std::uint32_t number);
  [[nodiscard]] bool asks_for_late(FileId file, const NinjaDepsRecord& record) const;
  [[nodiscard]] std::vector<std::string_view> names_in(StepId step, const NinjaDepsRecord& record,
                                                       std::string_view component);
  [[nodiscard]] bool is_behind_late(std::uint32_t number, StepId step,
                                    const NinjaDepsRecord& record);
  [[nodiscard]] bool may_mean(std::string_view name, std::string_view path) const;

  const GraphBuilder& builder_;
  RecordedFiles& files_;
  const ScannedHeaders& scanned_;
  HeaderLog& log_;
  std::int64_t oldest_ns_;
  std::int64_t youngest_ns_ = 0;
  std::vector<std::vector<Late>> groups_; ///< each of one last component
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>
      group_of_; ///< by last component
  std::unordered_map<FileId, std::vector<Mention>> mentions_;
  std::unordered_map<std::string, std::int64_t> directory_ns_; ///< by graph path
  std::vector<std::optional<Listed>> listed_;                  ///< by number in the log
};

} // namespace winnow::ingest
