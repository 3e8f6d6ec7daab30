// Talks to the collector.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

#include "messages/collector.hpp"

namespace isobar {

/// The collector did not answer, or refused.
class ClientError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Each call is a connection of its own. Every call throws ClientError.
class Client {
 public:
  explicit Client(std::string socket_path) : path_(std::move(socket_path)) {}

  /// Tries again, with growing pauses, until the collector answers or `patience` is over.
  Client& wait_until_ready(std::chrono::milliseconds patience);

  Accepted submit(const Observation& observation) const;

  /// Nothing when the station never reported.
  std::optional<Observation> latest(const std::string& station) const;

  std::int64_t count() const;

  /// Returns when the collector has ended.
  void stop() const;

 private:
  std::string ask(const std::string& request) const;

  std::string path_;
};

} // namespace isobar
