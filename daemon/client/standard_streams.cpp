// The lowest free number is the one that open() gives.
#include "daemon/client/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace winnow::client {

void open_standard_streams()
{
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0) {
      ::_exit(127); // there is nobody to tell
    }
  }
}

} // namespace winnow::client
