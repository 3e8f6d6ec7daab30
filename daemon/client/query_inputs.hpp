// What every selection of one build tree takes into account, looked up once.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/select_affected.hpp"
#include "daemon/client/base_graph.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/project_settings.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::client {

class QueryInputs {
 public:
  /// The project's settings, red tests and the compiler. `context` must outlive it.
  static Result<QueryInputs> look_up(const BuildContext& context);

  /// What files that somebody named can affect: nothing else counts.
  [[nodiscard]] Selection of_named_files(const Change& change) const;

  /// What `asked` can affect, together with all that differs from the contents the graph was
  /// recorded from, since header lists are only true for those. Requires look_at_contents().
  [[nodiscard]] Selection of(const Change& asked, const BaseGraph& base,
                             select::WhateverChanged whatever_changed) const;

  /// Reads what git does not track and the graph knows, and the files of `more`; with such the
  /// contents of those outside of the trees are known, too.
  void look_at_contents(std::span<const std::string> more = {});

  /// The sources now, with those contents.
  [[nodiscard]] const SourceState& now() const { return now_; }

  [[nodiscard]] select::AlwaysSelected always() const { return {{}, red_, red_unknown_because_}; }

  [[nodiscard]] select::ProjectRules project_rules() const
  {
    return {&project_.settings, &project_.labels};
  }

  [[nodiscard]] const Settings& settings() const { return project_.settings; }

 private:
  explicit QueryInputs(const BuildContext& context) : context_(&context) {}

  [[nodiscard]] select::SelectionRules rules() const;

  const BuildContext* context_;
  ProjectSettings project_;
  std::vector<TestId> red_;
  std::string red_unknown_because_;
  std::string other_compiler_;
  SourceState now_;
  std::vector<FileVersion> beside_git_;
  std::vector<ChangedFile> since_recording_;
};

} // namespace winnow::client
