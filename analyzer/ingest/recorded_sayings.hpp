// What commands, tests, scripts and literals say of files that nobody is known to read.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/ingest/step_commands.hpp"
#include "analyzer/ingest/test_input.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/text_hash.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace winnow::ingest {

/// That nothing says a file's name, its directories or its language's programs is what takes away
/// the doubt that somebody reads it: everything that can say so must be told to this.
class RecordedSayings {
 public:
  /// Both must outlive this.
  RecordedSayings(GraphBuilder& builder, RecordedFiles& files);

  /// What the test is given, and the text of the scripts among its inputs. One that runs neither
  /// what is built nor such a script may read any file.
  void add_test(TestId test, const TestDescription& description, std::span<const TestInput> inputs);

  /// The step's command but for its inputs and outputs, and the text of the scripts among its
  /// inputs; of one that compiles, links or archives only the tools that it names, and whether a
  /// definition names the root of the sources.
  void add_step(StepId step, const CommandNames& names, std::span<const FileId> inputs);

  /// Whether a literal with that key says anything, of whatever file.
  [[nodiscard]] bool is_said_by_literal(std::string_view key) const;
  /// Of the text of a file that was read for its literals.
  void add_literal(FileId file, std::string_view key);

  /// Once for each file.
  void add_script(FileId file);

  /// The sources, CMake files and files of other languages that nothing reads, which the graph has
  /// without edges: they were there when all this was said. And that who names a script whose text
  /// was not looked at says any file. When all else was added.
  void add_unread_files();

 private:
  using Sayer = std::variant<FileId, StepId, TestId>;

  void say(Sayer by, std::string_view key);
  void add_unread_scripts();
  std::vector<std::string> keys_of_command(const CommandNames& names, bool runs_commands);
  [[nodiscard]] bool is_script(FileId file) const;

  GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> directories_; ///< keys
  std::string root_key_;                                                   ///< of the sources
  std::unordered_set<FileId> scripts_;                                     ///< that were read
  /// Who names scripts, by their names or extensions.
  std::unordered_map<std::string, std::vector<Sayer>, TextHash, std::equal_to<>> naming_scripts_;
  /// Commands have their names in common.
  std::unordered_map<const CommandNames*, std::vector<std::string>> keys_;
};

} // namespace winnow::ingest
