// The header lists that ninja keeps, by the steps they belong to.
#pragma once

#include "analyzer/ingest/ninja_deps.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class HeaderLog {
 public:
  /// A path of the log, looked up once.
  struct LoggedFile {
    const NamedFile* named = nullptr;
    std::int64_t changed_ns =
        0;               ///< 0 for outputs, which are not judged: what they are made from is
    FileId file;         ///< as in `named`, which is far away
    bool linked = false; ///< it was named by links
  };

  /// `deps` may be null: then no list is known. All steps must have been added. Records of outputs
  /// that no step produces any more are passed over, and those that ninja distrusts: an output is
  /// younger than its record.
  HeaderLog(GraphBuilder& builder, RecordedFiles& files, const NinjaDeps* deps);

  /// Null if there is none.
  [[nodiscard]] const NinjaDepsRecord* record_of(StepId step) const;

  /// When the oldest of the records was made; the greatest number there is without one.
  [[nodiscard]] std::int64_t oldest_ns() const;

  /// LoggedFile::changed_ns of files that do not exist.
  static constexpr std::int64_t gone = std::numeric_limits<std::int64_t>::max();

  /// Whether what the record lists is as it was when the object was made.
  bool holds(const NinjaDepsRecord& record);

  /// As ninja wrote it.
  [[nodiscard]] std::string_view name(std::uint32_t number) const { return deps_->paths[number]; }

  const LoggedFile& file(std::uint32_t number)
  {
    LoggedFile& logged = logged_[number];
    if (logged.named == nullptr) {
      look_up(number, logged);
    }
    return logged;
  }

 private:
  void look_up(std::uint32_t number, LoggedFile& logged);

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const NinjaDeps* deps_;
  std::unordered_map<StepId, const NinjaDepsRecord*> records_;
  std::vector<LoggedFile> logged_; ///< by number in the log
};

} // namespace winnow::ingest
