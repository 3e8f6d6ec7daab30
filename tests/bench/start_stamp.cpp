// A test that appends the moment it started at to a file: nanoseconds of CLOCK_MONOTONIC.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>

int main(int argc, char** argv)
{
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  if (argc != 2) {
    std::fputs("usage: start_stamp FILE\n", stderr);
    return 2;
  }
  const int file = ::open(argv[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  return file >= 0 &&
                 ::dprintf(file, "%lld%09ld\n", static_cast<long long>(now.tv_sec), now.tv_nsec) > 0
             ? 0
             : 1;
}
