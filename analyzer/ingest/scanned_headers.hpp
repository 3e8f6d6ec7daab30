// The headers of compile steps that no compiler has told yet.
#pragma once

#include "analyzer/ingest/compiler_call.hpp"
#include "analyzer/ingest/data_names.hpp"
#include "analyzer/ingest/file_tree.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/include_scan.hpp"
#include "analyzer/ingest/project_includes.hpp"
#include "analyzer/ingest/search_paths.hpp"
#include "analyzer/model/id_set.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

class ScannedHeaders {
 public:
  struct Headers {
    std::vector<FileId> files;
    bool complete; ///< as in ScannedIncludes
    bool waits;
  };

  struct Directive {
    std::string_view name; ///< of a computed one, its tokens
    bool computed;
    bool asks; ///< only whether there is such a file
  };

  /// `tracked` may be null. All must outlive this.
  ScannedHeaders(GraphBuilder& builder, RecordedFiles& files, GeneratorInputs& generators,
                 const SourceState* tracked, IncludeIndex& index);

  /// A file that a step may make for others to include. Before any command.
  void add_output(FileId file);

  /// How a compile step calls its compiler, which must outlive this, and its source. Before any
  /// scan.
  void add_command(StepId step, FileId source, const CompilerCall& call);

  /// The source of a compile step whose language, or command, is not understood.
  void add_not_understood(FileId source) { not_understood_.push_back(source); }

  /// Whether the step's language is one whose includes are understood.
  [[nodiscard]] bool understands(StepId step) const { return commands_.contains(step); }

  Headers scan(StepId step);

  /// A file that a compiler read, as its log says: its directives are wanted, too. `linked`: by a
  /// name with links in it.
  void add_read(FileId file, bool linked)
  {
    if (linked) {
      linked_.insert(file);
    }
    if (read_.insert(file)) {
      read_directives(file);
    }
  }

  /// Whether data_in() can have any for some file.
  [[nodiscard]] bool knows_of_data() const { return !takes_data_.empty(); }

  /// The files whose bytes directives in `file`, of which add_read() was told, take into what the
  /// step makes, wherever they may be found.
  std::vector<FileId> data_in(FileId file, StepId step);

  /// The last components of the names in all directives read so far, and of more.
  [[nodiscard]] std::unordered_set<std::string_view> last_components_named() const;

  /// Adds what the directives read so far may mean and git does not tell of: a query tells what
  /// came by its not being in the graph. Graph paths of those in the sources.
  std::vector<std::string> add_findable();

  /// With every directive of the files read so far that the graph has.
  void for_each_directive(const std::function<void(FileId, const Directive&)>& visit) const;

  /// What the command of a step that is understood includes in front of its source.
  [[nodiscard]] std::span<const std::string> forced_by(StepId step) const;

  /// Whether some file was reached by a name with links in it.
  [[nodiscard]] bool passes_links() const { return !linked_.empty(); }

  /// Adds where steps search, and the directives of every file read, to the graph. When all steps
  /// have their headers.
  void record_searches();

  /// Adds to the graph those of `names` that stand in string literals of the files read, and what
  /// may have any of them.
  void record_literals(const DataNames& names);

  /// With every file of the project that was read and each key of its literals that `wanted` asks
  /// for.
  void for_each_literal(const std::function<bool(std::string_view)>& wanted,
                        const std::function<void(FileId, std::string_view)>& visit) const;

 private:
  struct Command {
    const CompilerCall* call;
    SearchPaths::PathId path;
    FileId source;
  };

  void read_directives(FileId file);
  [[nodiscard]] std::vector<std::string> findable() const;
  FileId file_of(FileTree::FileNumber number);
  SearchId search_of(SearchPaths::PathId path);
  void record_includes(const std::string& path, const IndexedFile& directives);
  [[nodiscard]] std::string directory_name(const std::string& path) const;

  GraphBuilder& builder_;
  RecordedFiles& files_;
  NameTable& names_;
  FileTree tree_;
  SearchPaths paths_;
  ProjectIncludes reader_;
  IncludeScan scan_;
  std::map<std::string, std::vector<std::string>, std::less<>> standard_; ///< by language
  std::unordered_map<const CompilerCall*, SearchPaths::PathId> paths_of_calls_;
  std::unordered_map<StepId, Command> commands_;
  std::vector<std::optional<FileId>> file_ids_;   ///< by number in the tree
  std::vector<std::optional<SearchId>> searches_; ///< by path
  std::unordered_set<FileId> linked_; ///< reached by links: what is beside them is elsewhere
  std::vector<FileId> not_understood_;
  IdSet<FileId> read_;
  std::unordered_map<FileId, FileTree::PlaceId> takes_data_; ///< of read_, with their places
};

} // namespace winnow::ingest
