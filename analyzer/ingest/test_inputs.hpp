// What a test runs and reads, as far as its description tells.
#pragma once

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/mentioned_files.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/recorded_steps.hpp"
#include "analyzer/ingest/recorded_targets.hpp"
#include "analyzer/ingest/test_input.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/test_description.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace winnow::ingest {

/// What a directory that a test is given stands for: everything below it, or all but what is
/// compiled or a target, since the test declares its targets.
enum class DirectoryUse { whole, data };

/// Whether what a test's scripts mention counts.
enum class ScriptUse { mentions, declared };

class TestInputs {
 public:
  /// `steps` tell sources from the data beside them. All must outlive this.
  TestInputs(GraphBuilder& builder, RecordedFiles& files, const RecordedTargets& targets,
             const RecordedSteps& steps)
      : builder_(builder),
        files_(files),
        targets_(targets),
        steps_(steps),
        mentioned_(builder, files)
  {}

  /// Every file that the command, the environment or a property of the test names, in any form:
  /// whole, behind an option, inside of a list, by a directory above it, or by the name of a
  /// target; and what scripts among them mention, unless it is said what they read.
  std::vector<TestInput> inputs_of(const TestDescription& test, DirectoryUse directories,
                                   ScriptUse scripts);
  std::vector<TestInput> declared(const DeclaredInputs& inputs);
  /// Whether the graph has a file of each declared target, of which there is one at least.
  [[nodiscard]] bool knows_targets(const DeclaredInputs& inputs);

 private:
  void add_word(const std::string& word, EdgeKind kind);
  void add_path(const std::string& path, EdgeKind kind);
  void add_file(const NamedFile& file, EdgeKind kind);
  void add_directory(const std::string& path);
  bool add_target(const std::string& name, EdgeKind kind);
  void add_built_targets();
  void add_working_directory();
  void add_searched_programs();
  void add_mentioned_files();
  [[nodiscard]] std::vector<std::string> directories_given();
  void add_programs_below(const std::string& directory);
  void add_programs_named_in(FileId script);
  const std::set<std::string>& names_in(FileId script);
  const std::unordered_multimap<std::string, FileId>& programs();
  [[nodiscard]] bool is_program(FileId file) const;
  [[nodiscard]] bool is_built(FileId file) const;

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const RecordedTargets& targets_;
  const RecordedSteps& steps_;
  const TestDescription* test_ = nullptr; ///< the one at hand
  DirectoryUse directories_ = DirectoryUse::whole;
  std::vector<TestInput> found_;
  MentionedFiles mentioned_;
  /// By scripts and directories: many tests run one script.
  std::map<std::pair<std::vector<FileId>, std::vector<std::string>>, std::vector<FileId>> behind_;
  std::unordered_multimap<std::string, FileId> programs_; ///< by file name, once asked for
  std::unordered_map<FileId, std::set<std::string>> script_names_;
};

} // namespace winnow::ingest
