// What winnow.json says: a project's own rules for selecting tests, and for running them.
#pragma once

#include "analyzer/model/budget.hpp"
#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/path_pattern.hpp"
#include "analyzer/model/repeat.hpp"
#include "analyzer/model/test_description.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The file's name, at the source root.
inline constexpr std::string_view settings_file_name = "winnow.json";

/// Tests meant by a rule: all that one of the lists names.
struct TestSelector {
  /// A name, or `directory/name`; `*` stands for any characters.
  std::vector<std::string> tests;
  std::vector<std::string> labels;
  /// Source directories that define tests; what lies below them is meant too.
  std::vector<PathPattern> directories;

  [[nodiscard]] bool empty() const
  {
    return tests.empty() && labels.empty() && directories.empty();
  }
};

/// One element of `selection.rules`: what a change of a matching file means. The first rule that
/// matches a file counts.
struct ProjectRule {
  enum class Effect {
    ignore,    ///< nothing, where no edge of the graph says otherwise
    judge,     ///< what a file would that no rule ignores, neither a later nor a shipped one
    tests,     ///< `tests`, beside what edges say
    everything ///< fallback
  };

  std::string name; ///< where it stands: "winnow.json:12"
  std::vector<PathPattern> patterns;
  Effect effect = Effect::ignore;
  TestSelector tests;
};

/// The rules that hold without being told; a project may turn each around.
enum class ShippedRule {
  harmless_files, ///< prose, licences, settings of CI, editors and git
  unbuilt_files,  ///< files without edges, in or below a directory that defines tests
  unnamed_files,  ///< sources that nothing compiles and files of other languages, outside of those
                  ///< directories, which nothing names
  shared_data,    ///< data that something reads, and that tests around it may open as well
  staged_files,   ///< data that building or configuring only puts somewhere else
  plugins,        ///< shared libraries and modules that nobody links and no test names
  programs        ///< programs that no step and no test uses
};

/// What a change of such a file selects.
enum class ShippedEffect {
  nothing,
  part, ///< the opaque tests of its part: of the nearest directory around it that defines tests
  everything ///< fallback
};

struct ShippedRuleName {
  ShippedRule rule;
  std::string_view name;
  ShippedEffect effect; ///< unless turned around
};

inline constexpr std::array shipped_rule_names{
    ShippedRuleName{ShippedRule::harmless_files, "harmless_files", ShippedEffect::nothing},
    ShippedRuleName{ShippedRule::unbuilt_files, "unbuilt_files", ShippedEffect::part},
    ShippedRuleName{ShippedRule::unnamed_files, "unnamed_files", ShippedEffect::nothing},
    ShippedRuleName{ShippedRule::shared_data, "shared_data", ShippedEffect::part},
    ShippedRuleName{ShippedRule::staged_files, "staged_files", ShippedEffect::part},
    ShippedRuleName{ShippedRule::plugins, "plugins", ShippedEffect::part},
    ShippedRuleName{ShippedRule::programs, "programs", ShippedEffect::nothing},
};

constexpr std::string_view name_of(ShippedRule rule)
{
  return shipped_rule_names[static_cast<std::size_t>(rule)].name;
}

/// The effect of each shipped rule in one project.
class ShippedEffects {
 public:
  ShippedEffects()
  {
    for (const ShippedRuleName& row : shipped_rule_names) {
      set(row.rule, row.effect);
    }
  }

  [[nodiscard]] ShippedEffect of(ShippedRule rule) const
  {
    return effects_[static_cast<std::size_t>(rule)];
  }

  void set(ShippedRule rule, ShippedEffect effect)
  {
    effects_[static_cast<std::size_t>(rule)] = effect;
  }

 private:
  std::array<ShippedEffect, shipped_rule_names.size()> effects_{};
};

/// What changes from commit to commit and means nothing to tests, such as the result of `git
/// describe`.
struct VolatileStamps {
  std::vector<std::string> definitions; ///< of commands (-D); `*` stands for any characters
  std::vector<PathPattern> build_files; ///< relative to the build root
};

/// One element of `run.rules`. Of each thing that rules say of a test the first one counts.
struct RunRule {
  std::string name; ///< where it stands: "winnow.json:12"
  TestSelector tests;
  std::optional<Repeat> repeat;
  StatedResources stated; ///< stronger than what CMake files state
};

/// `run.capacity`: what a run of the project may use at once, of what the machine has.
struct RunCapacity {
  std::optional<Budget> cpu;
  std::optional<Budget> memory;
};

struct Settings {
  std::vector<ProjectRule> rules;
  ShippedEffects shipped;
  TestSelector closed; ///< tests whose edges are all their inputs
  TestSelector opaque; ///< tests that may read more than their edges tell; stronger than `closed`
  VolatileStamps volatile_stamps;
  std::vector<RunRule> run_rules;
  std::vector<CountedResource> resources; ///< by name
  RunCapacity capacity;
  std::string resource_spec_file; ///< of RESOURCE_GROUPS, relative to the source root; "" for none
};

} // namespace winnow
