// What the outputs of steps are made from, through all the steps before.
#pragma once

#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

class GeneratorInputs {
 public:
  /// Both must outlive this.
  GeneratorInputs(const GraphBuilder& builder, RecordedFiles& files);

  /// Notes something that a step reads. Of compile steps the source is enough.
  void add(StepId step, FileId input) { inputs_[step].push_back(input); }

  /// What was noted of a step so far.
  [[nodiscard]] std::span<const FileId> inputs_of(StepId step) const;

  /// The existing files, absolute, that an output will be made from if a step makes it anew: it is
  /// missing, or older than one of them. Nothing for what is up to date or no output.
  std::optional<std::vector<std::string>> work_ahead(const std::string& absolute_path);

  /// Whether an output is there, and no older than all it is made from.
  bool is_current(FileId output);

  /// Ages are remembered; forgets them, for when inputs were added since.
  void forget_ages() { newest_.clear(); }

 private:
  std::int64_t newest_ns(StepId step);
  std::vector<std::string> leaves(StepId step);

  const GraphBuilder& builder_;
  RecordedFiles& files_;
  std::unordered_map<StepId, std::vector<FileId>> inputs_;
  std::unordered_map<StepId, std::int64_t> newest_;
};

} // namespace winnow::ingest
