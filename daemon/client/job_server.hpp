// Takes tokens from the job server of a make that this process was started by.
//
// GNU make keeps a token for each job beyond the first in a pipe or a FIFO. A program has the right
// to one job, the one it is itself, and to one more for each token it has read; it writes them back
// as it read them.
#pragma once

#include "analyzer/model/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::client {

struct JobServerPlace {
  std::string fifo; ///< "" where descriptors are given
  int reader = -1;
  int writer = -1;
};

/// What the variable MAKEFLAGS names last; nothing where it names none, or where make says by
/// negative descriptors that a program has no part in it.
std::optional<JobServerPlace> job_server_place(std::string_view makeflags);

/// A token that is held when this is destroyed is given back. Nobody's descriptor is changed: what
/// make and others share with this process stays as it is, blocking or not.
class JobServer {
 public:
  /// An environment error: why it is out of reach.
  static Result<JobServer> open(const JobServerPlace& place);
  ~JobServer();
  JobServer(JobServer&& other) noexcept;
  JobServer& operator=(JobServer&&) = delete;

  /// Takes the right to one job, if there is one now.
  bool try_take();
  /// Gives the last one taken back.
  void give_back();
  void give_all_back();

  /// How many jobs it has a right to.
  [[nodiscard]] std::uint32_t held() const;

  /// Readable when there is something to take, though others may be faster; -1 once there will be
  /// nothing.
  [[nodiscard]] int wait_fd() const { return fd_; }

 private:
  explicit JobServer(int fd) : fd_(fd) {}

  void close();

  int fd_;             ///< of its own, not blocking, for both ways; -1 once it is lost
  std::string tokens_; ///< that have been read
  bool has_own_job_ = false;
};

/// The one of MAKEFLAGS in this process's environment, nothing if there is none. An environment
/// error: it is out of reach.
Result<std::optional<JobServer>> own_job_server();

/// The error in words, with what to do.
std::string job_server_warning(const Error& error);

} // namespace winnow::client
