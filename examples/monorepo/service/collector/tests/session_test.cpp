// What happens over time between a client and a server in this process.
#include <unistd.h>

#include <string_view>
#include <thread>

#include "checks/checks.hpp"
#include "client/client.hpp"
#include "collector/server.hpp"

using namespace isobar;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

void closes_idle_sessions()
{
  Collector collector;
  const std::string path = "idle_session.sock";
  const Socket listener = listen_at(path);
  std::thread server([&] { serve(collector, listener, 1200ms); });
  const auto start = Clock::now();
  {
    const Socket silent = connect_to(path);
    char byte = 0;
    CHECK(read(silent.descriptor(), &byte, 1) == 0);
  }
  CHECK(Clock::now() - start >= 1200ms);
  Client(path).stop();
  server.join();
  unlink(path.c_str());
}

void waits_for_a_late_server()
{
  Collector collector;
  const std::string path = "late_server.sock";
  unlink(path.c_str());
  std::thread server([&] {
    std::this_thread::sleep_for(1300ms);
    const Socket listener = listen_at(path);
    serve(collector, listener, 60s);
  });
  Client client(path);
  client.wait_until_ready(20s);
  CHECK(client.count() == 0);
  client.stop();
  server.join();
  unlink(path.c_str());
}

} // namespace

int main(int argc, char** argv)
{
  const std::string_view wanted = argc == 2 ? argv[1] : "";
  CHECK(wanted == "idle" || wanted == "late");
  if (wanted == "idle") {
    closes_idle_sessions();
  } else {
    waits_for_a_late_server();
  }
  return checks::result();
}
