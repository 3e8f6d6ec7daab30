// Follows a run as long as it lives.
#pragma once

#include "daemon/serve/run.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace winnow::serve {

/// One follower of a run; the run outlives it.
class RunFollowing {
 public:
  RunFollowing(std::shared_ptr<Run> run, std::function<void()> wake)
      : run_(std::move(run)), follower_(run_->add_follower(std::move(wake)))
  {}

  ~RunFollowing() { run_->remove_follower(follower_); }

  RunFollowing(const RunFollowing&) = delete;
  RunFollowing& operator=(const RunFollowing&) = delete;

 private:
  std::shared_ptr<Run> run_;
  std::uint64_t follower_;
};

} // namespace winnow::serve
