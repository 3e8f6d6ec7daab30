// Which compile steps provide modules to which, from the dyndep files that scans led to.
#pragma once

#include "analyzer/ingest/generated_outputs.hpp"
#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/recorded_files.hpp"
#include "analyzer/model/graph_builder.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace winnow::ingest {

/// What a compile step uses of modules.
struct ModuleUse {
  std::vector<FileId> modules; ///< compiled ones
  std::optional<FileId>
      doubt; ///< its dyndep file, where it may use any module that a scan can find
};

/// A dyndep file is a recording, as a header list is: it holds for sources as they were scanned.
/// What is not scanned, or is edited since, may use whatever its scan could find: the dyndep file
/// is made from the scans of all sources of the target and of those it links.
class RecordedModules {
 public:
  /// Whether the header list of a compile step holds.
  using HeadersHold = std::function<bool(StepId)>;

  /// All must outlive this.
  RecordedModules(GraphBuilder& builder, RecordedFiles& files, const NinjaManifest& manifest,
                  GeneratorInputs& generators, GeneratedOutputs& generated);

  /// Notes a step. All have to be noted, and their outputs added, before anything else.
  void add(StepId step, const NinjaEdge& edge);
  /// Adds the modules that steps make to the graph, before any input is asked for. `warnings` gets
  /// what could not be read.
  void read(std::vector<std::string>& warnings);

  /// Whether ninja learns only from a scan which modules the step uses.
  [[nodiscard]] bool is_user(StepId step) const { return users_.contains(step); }

  [[nodiscard]] const NinjaEdge& edge_of(StepId user) const { return *users_.at(user).edge; }

  /// Whether the compiler of a user tells which headers it reads.
  [[nodiscard]] bool has_header_log(StepId user) const { return users_.at(user).has_header_log; }

  /// The user whose source this step scans, if it scans one.
  [[nodiscard]] std::optional<StepId> scanned_for(StepId step) const;
  /// Null if the step scans no source.
  [[nodiscard]] const NinjaEdge* scan_edge(StepId step) const;

  /// When all other steps have their inputs.
  ModuleUse use_of(StepId user, const HeadersHold& headers_hold);

 private:
  struct User {
    const NinjaEdge* edge;
    bool has_header_log;
    FileId dyndep;
    std::optional<FileId> scan;    ///< what the scan of its source wrote
    std::vector<std::string> used; ///< paths of modules, as its dyndep file has them
    bool listed = false;           ///< in its dyndep file
    std::optional<bool> current;
  };

  void read_dyndep(FileId dyndep, std::vector<std::string>& warnings);
  bool is_current(StepId step, const HeadersHold& asked);
  bool add_listed(const User& user, const HeadersHold& asked, ModuleUse& use);
  bool add_unlisted(const User& user, const HeadersHold& asked, ModuleUse& use);
  bool add_by_name(const User& user, const std::string& name, const HeadersHold& asked,
                   ModuleUse& use);
  void add_from_outside(const User& user, const std::string& name, ModuleUse& use);
  const std::unordered_set<StepId>& users_before(FileId dyndep);
  [[nodiscard]] static bool is_fortran(const User& user);
  [[nodiscard]] bool provides(FileId module, std::string_view name) const;

  GraphBuilder& builder_;
  RecordedFiles& files_;
  const NinjaManifest& manifest_;
  GeneratorInputs& generators_;
  GeneratedOutputs& generated_;
  std::unordered_map<StepId, User> users_;
  std::unordered_map<StepId, const NinjaEdge*> scans_;
  std::unordered_multimap<std::string, FileId> modules_;          ///< by module_key()
  std::unordered_map<FileId, std::unordered_set<StepId>> before_; ///< by dyndep file
};

} // namespace winnow::ingest
