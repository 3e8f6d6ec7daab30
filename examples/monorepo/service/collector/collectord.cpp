// collectord start SOCKET: serves in the background; returns once connections are accepted.
// collectord stop SOCKET: asks it to end; returns once it has.
#include <fcntl.h>
#include <unistd.h>

#include <iostream>
#include <string_view>

#include "client/client.hpp"
#include "collector/server.hpp"

namespace {

constexpr std::chrono::seconds session_patience{30};

/// Standard streams that are kept open would make whoever reads ours wait for the server.
void detach()
{
  setsid();
  const int null = open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    dup2(null, stream);
  }
}

/// The socket listens before the fork: when the parent returns, connecting works.
int start(const std::string& path)
{
  isobar::Socket listener = isobar::listen_at(path);
  const pid_t child = fork();
  if (child != 0) {
    std::cout << "collector listens at " << path << '\n';
    return child < 0 ? 1 : 0;
  }
  detach();
  isobar::Collector collector;
  isobar::serve(collector, listener, session_patience);
  unlink(path.c_str());
  return 0;
}

} // namespace

int main(int argc, char** argv)
{
  const std::string_view command = argc == 3 ? argv[1] : "";
  try {
    if (command == "start") {
      return start(argv[2]);
    }
    if (command == "stop") {
      isobar::Client(argv[2]).stop();
      return 0;
    }
  } catch (const std::exception& error) {
    std::cerr << "collectord: " << error.what() << '\n';
    return 1;
  }
  std::cerr << "usage: collectord start|stop SOCKET\n";
  return 2;
}
