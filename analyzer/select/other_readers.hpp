// Who else may read data that something is known to read.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Whether a changed path may be data, or a script, that more read than edges tell of.
bool may_have_other_readers(const TouchedPath& touched);

/// That a test is given a file, or a command reads it, does not tell that no other test opens it.
/// One that does has its name, its extension or its directory somewhere in a string literal of its
/// sources; scripts have mentions of their own. Remembers its searches; all must outlive it.
class OtherReaders {
 public:
  OtherReaders(const Graph& graph, const Parts& parts) : graph_(graph), parts_(parts) {}

  /// The opaque tests of the part of such a path, of all parts where it is in none, that may read
  /// it and that no edge tells of. Without those that are given another file of its kind in its
  /// place, unless it is a script: what differs in nothing else reads its own. The chain leads from
  /// the source with the literal; it is empty where the file has no extension, so that its name may
  /// be any word; such a one counts if only tests read it, and in their part.
  std::vector<TestReason> of(const TouchedPath& touched);

 private:
  /// An input of a test, as one of another test may resemble it.
  struct Input {
    EdgeKind kind;
    std::string_view place;     ///< of what is built and of scripts the path, else the directory
    std::string_view extension; ///< of the others

    auto operator<=>(const Input&) const = default;
  };

  using Shape = std::vector<Input>;

  [[nodiscard]] Shape shape_of(TestId test) const;
  [[nodiscard]] std::vector<TestId> candidates(const TouchedPath& touched) const;
  [[nodiscard]] bool is_for_tests_only(const TouchedPath& touched) const;
  [[nodiscard]] bool runs_what_is_built(TestId test) const;
  const Reach* reached_from(const std::string& key);

  const Graph& graph_;
  const Parts& parts_;
  std::map<std::string, std::optional<Reach>, std::less<>> reached_; ///< by key
};

} // namespace winnow::select
