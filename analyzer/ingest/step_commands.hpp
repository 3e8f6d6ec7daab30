// What the commands of steps say by themselves, before anything they name is looked up.
#pragma once

#include "analyzer/ingest/command_definitions.hpp"
#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/compiler_call.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/text_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// What is to be looked up.
struct CommandNames {
  std::vector<DirectoryWords> words;      ///< but for the step's inputs and outputs
  std::vector<std::string> sources_given; ///< as the function of that name has them
};

/// A command and what its response file will hold, taken apart. Most of it many steps have in
/// common: what is equal is one object.
struct StepCommand {
  std::uint64_t fingerprint = 0;
  std::uint64_t frame_fingerprint = 0; ///< without the values of definitions; 0 if there are none
  const std::vector<CommandDefinition>* definitions = nullptr; ///< null if there are none
  const CompilerCall* call = nullptr; ///< null if it compiles nothing that is understood
  const CommandNames* names = nullptr;
};

class StepCommands {
 public:
  StepCommands(const NinjaManifest& manifest, const Roots& roots);

  /// Of every edge of the manifest, in its order; of phony ones they are empty.
  [[nodiscard]] std::span<const StepCommand> all() const { return commands_; }

 private:
  template <class Part>
  using Parts = std::unordered_map<std::string, Part, TextHash>; ///< by all that is in them

  StepCommand take_apart(const NinjaManifest& manifest, const NinjaEdge& edge, const Roots& roots);

  Parts<std::vector<CommandDefinition>> definitions_;
  Parts<CompilerCall> calls_;
  Parts<CommandNames> names_;
  std::vector<StepCommand> commands_;
};

} // namespace winnow::ingest
