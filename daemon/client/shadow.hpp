// A selection beside a run of everything.
#pragma once

#include "analyzer/model/run_request.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/shadow.hpp"
#include "analyzer/select/shadow.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/run_follower.hpp"

#include <vector>

namespace winnow::client {

class Shadow {
 public:
  /// Before the run: its results change what is known of earlier ones. What past runs tell and
  /// cannot be read is said on standard error; then no failure is known to be a miss.
  Shadow(const BuildContext& context, const Selection& selection,
         const std::vector<RequestedTest>& tests);

  [[nodiscard]] ShadowReport report(const RunOutcome& outcome) const;

 private:
  ShadowReport begun_;
  std::vector<select::ShadowedTest> tests_;
};

} // namespace winnow::client
