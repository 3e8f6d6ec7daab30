// The files of a graph under construction: from every way to name one to its id.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/ingest/canonical_paths.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/outside_contents.hpp"
#include "analyzer/model/text_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

/// A file as an input: itself, and the links by which it was named.
struct NamedFile {
  FileId file;
  std::vector<FileId> links;
};

/// All outputs must be added before any input is asked for: an output is not looked for behind
/// links.
class RecordedFiles {
 public:
  /// `tracked` may be null. All three must outlive this.
  RecordedFiles(GraphBuilder& builder, const Roots& roots, const SourceState* tracked);

  /// `path` is absolute, or relative to the build root.
  FileId output(std::string_view path);
  /// Its graph path, without adding it.
  std::string output_path(std::string_view path);
  /// The output of that name, if a step produces it.
  std::optional<FileId> find_output(std::string_view path);
  const NamedFile& input(std::string_view path);
  /// What input() gave for that path before; null if it was not asked.
  [[nodiscard]] const NamedFile* named_before(std::string_view path) const;

  /// The file of that name if the graph has it or it is a regular file below one of the roots.
  const NamedFile* existing_input(const std::string& absolute_path);
  /// Whether `absolute_path` is an existing directory, but none of the roots or above them.
  bool is_inner_directory(const std::string& absolute_path);
  /// The graph path of a directory, links followed.
  std::string directory_path(const std::string& absolute_directory);
  /// What lies below `absolute_directory`: files of the sources, and outputs of steps that are no
  /// intermediates.
  const std::vector<FileId>& below(const std::string& absolute_directory);
  /// Calls visit(graph path) with each file of the sources.
  void for_each_source(const std::function<void(std::string_view)>& visit) const;
  /// Whether git tells of the file.
  [[nodiscard]] bool is_listed(std::string_view graph_path) const;
  /// Takes out the paths of which git tells; they are sorted.
  void leave_out_listed(std::vector<std::string>& graph_paths) const;
  /// The files of the sources whose absolute path matches a pattern as file(GLOB_RECURSE) has them.
  std::vector<FileId> matching(const std::string& absolute_pattern);

  /// Content was newer than something made from it: its recorded content must not count.
  void note_newer(FileId file) { newer_.insert(file); }

  struct Status {
    std::int64_t mtime_ns = 0; ///< 0 if it does not exist
    bool directory = false;
  };

  /// Asked of the system once per file.
  Status status(FileId file);
  Status status(const std::string& absolute_path);
  /// Whether what FetchContent put into the build tree is looked at file by file.
  enum class Fetched { included, left_out };

  /// Adds what configuring, until then, wrote into the build tree for steps to read: which of it an
  /// object includes is not known before it is compiled.
  void add_configured_files(std::int64_t configured_ns, Fetched fetched);
  /// Sets the recorded contents of all files that no step produces.
  void record_contents(OutsideContents& outside);

  [[nodiscard]] const Roots& roots() const { return roots_; }

 private:
  void add_configured_sources(std::int64_t until_ns);
  void add_files_below(const std::string& directory, std::int64_t until_ns, Fetched fetched);
  std::string absolute(std::string_view path) const;
  [[nodiscard]] std::optional<FileId> produced(const std::string& absolute_path) const;
  NamedFile resolve(const std::string& absolute_path);
  bool is_made(const std::string& absolute_path);
  bool is_file_below_roots(const std::string& absolute_path);
  [[nodiscard]] std::vector<std::string> sources_below(const std::string& absolute_directory) const;
  [[nodiscard]] ContentHash content_of(FileId file) const;

  GraphBuilder& builder_;
  const Roots& roots_;
  const SourceState* tracked_;
  CanonicalPaths canonical_;
  std::unordered_map<std::string, NamedFile, TextHash, std::equal_to<>> inputs_;
  std::unordered_map<std::string, std::optional<NamedFile>, TextHash> existing_;
  std::unordered_map<std::string, bool, TextHash> inner_directories_;
  std::unordered_map<std::string, std::vector<FileId>> below_;
  boost::unordered_flat_map<FileId, Status, std::hash<FileId>> statuses_;
  boost::unordered_flat_map<std::string, Status, TextHash> statuses_by_path_;
  std::unordered_set<FileId> newer_;
};

} // namespace winnow::ingest
