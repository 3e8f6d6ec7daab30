// The states of the sources that runs tested, each kept once, and the lists of files in them.
#pragma once

#include "analyzer/model/tested_state.hpp"
#include "daemon/store/database.hpp"

#include <cstdint>
#include <vector>

namespace winnow::store {

/// Adding happens inside the caller's transaction.
class StateTable {
 public:
  explicit StateTable(Connection& connection);

  /// The number of the state, which is added if it is new.
  std::int64_t keep(const TestedState& state);
  /// Removes what no run and no test's standing refers to.
  void prune();

 private:
  std::int64_t keep_list(const std::vector<FileVersion>& files);

  Connection* connection_;
};

} // namespace winnow::store
