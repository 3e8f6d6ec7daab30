// Finds out, while tests run, at which state of the sources they do.
//
// Ninja is asked whether the programs are up to date: that takes as long as a build in which
// nothing is to be done, for which nobody waits here. A source that is edited while tests run is no
// matter: it differs from the state that is told, and so counts as changed from then on. An input
// that git does not track and that changed since the tests began has no content in that state.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/tested_state.hpp"
#include "daemon/client/build_context.hpp"

#include <cstdint>
#include <future>
#include <optional>
#include <vector>

namespace winnow::client {

class StateWatch {
 public:
  /// Starts looking, on a thread of its own. `context` must outlive it.
  StateWatch(const BuildContext& context, std::vector<TestKey> tests);

  /// The state, once; waits until it is known. Nothing where the programs of the tests were not
  /// built from it, or were built anew since: then a pass does not tell what passed.
  std::optional<TestedState> result();

 private:
  [[nodiscard]] std::optional<TestedState> find() const;

  const BuildContext& context_;
  std::vector<TestKey> tests_;
  std::int64_t began_ns_; ///< what the kernel stamps as changed later may have been read before
  std::future<std::optional<TestedState>> found_;
};

} // namespace winnow::client
