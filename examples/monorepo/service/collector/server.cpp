#include "collector/server.hpp"

#include <sys/socket.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <list>
#include <vector>

#include "framing/framing.hpp"
#include "schedule/lease.hpp"

namespace isobar {

namespace {

struct Session {
  Socket socket;
  Deframer requests;
  Lease lease;
};

/// Answers what has arrived; false when the session is over.
bool advance(Session& session, Collector& collector)
{
  char buffer[4096];
  const ssize_t count = read(session.socket.descriptor(), buffer, sizeof buffer);
  if (count <= 0) {
    return false;
  }
  session.lease.renew();
  session.requests.feed({buffer, static_cast<std::size_t>(count)});
  while (const auto request = session.requests.next()) {
    if (!send_all(session.socket, frame(collector.answer(*request)))) {
      return false;
    }
  }
  return !session.requests.corrupt();
}

/// Milliseconds until the next session would be idle too long; -1 for no session.
int time_to_next_expiry(const std::list<Session>& sessions)
{
  Lease::Clock::duration shortest = Lease::Clock::duration::max();
  for (const Session& session : sessions) {
    shortest = std::min(shortest, session.lease.remaining());
  }
  return sessions.empty()
             ? -1
             : static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(shortest).count());
}

} // namespace

void serve(Collector& collector, const Socket& listener, std::chrono::milliseconds patience)
{
  std::list<Session> sessions;
  while (!collector.stop_requested()) {
    std::vector<pollfd> watched{{listener.descriptor(), POLLIN, 0}};
    for (const Session& session : sessions) {
      watched.push_back({session.socket.descriptor(), POLLIN, 0});
    }
    poll(watched.data(), watched.size(), time_to_next_expiry(sessions));

    auto watch = watched.begin() + 1;
    std::erase_if(sessions, [&](Session& session) {
      const bool readable = (watch++)->revents != 0;
      return readable ? !advance(session, collector) : session.lease.expired();
    });
    if (watched.front().revents != 0) {
      Socket accepted(accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
      if (accepted) {
        sessions.push_back({std::move(accepted), {}, Lease(patience)});
      }
    }
  }
}

} // namespace isobar
