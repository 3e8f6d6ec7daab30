#include "client/client.hpp"

#include <unistd.h>

#include "client/socket.hpp"
#include "framing/framing.hpp"
#include "schedule/backoff.hpp"
#include "schedule/lease.hpp"

namespace isobar {

Client& Client::wait_until_ready(std::chrono::milliseconds patience)
{
  const Lease lease(patience);
  Backoff backoff(std::chrono::milliseconds(10), std::chrono::milliseconds(200));
  while (!connect_to(path_)) {
    if (lease.expired()) {
      throw ClientError("no collector at " + path_);
    }
    backoff.wait();
  }
  return *this;
}

std::string Client::ask(const std::string& request) const
{
  const Socket socket = connect_to(path_);
  if (!socket || !send_all(socket, frame(request))) {
    throw ClientError("no collector at " + path_);
  }
  Deframer answers;
  char buffer[4096];
  while (true) {
    if (auto answer = answers.next()) {
      if (const auto refusal = decode_as<Refusal>(*answer)) {
        throw ClientError("refused: " + refusal->reason);
      }
      return *answer;
    }
    const ssize_t count = read(socket.descriptor(), buffer, sizeof buffer);
    if (count <= 0 || answers.corrupt()) {
      throw ClientError("the collector at " + path_ + " hung up");
    }
    answers.feed({buffer, static_cast<std::size_t>(count)});
  }
}

Accepted Client::submit(const Observation& observation) const
{
  return decode_as<Accepted>(ask(encode(observation))).value();
}

std::optional<Observation> Client::latest(const std::string& station) const
{
  return decode_as<Observation>(ask(encode(LatestRequest{station})));
}

std::int64_t Client::count() const
{
  return decode_as<Count>(ask(encode(CountRequest{})))->observations;
}

void Client::stop() const
{
  const Socket socket = connect_to(path_);
  if (!socket || !send_all(socket, frame(encode(StopRequest{})))) {
    throw ClientError("no collector at " + path_);
  }
  char byte = 0;
  while (read(socket.descriptor(), &byte, 1) > 0) {
  }
}

} // namespace isobar
