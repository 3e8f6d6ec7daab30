// A pipe that signal handlers write to.
#include "daemon/client/interrupts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace winnow::client {
namespace {

int interrupt_pipe[2] = {-1, -1};
volatile std::sig_atomic_t interrupts_seen = 0;

void note_interrupt(int)
{
  interrupts_seen = interrupts_seen + 1;
  [[maybe_unused]] const ssize_t written = ::write(interrupt_pipe[1], "", 1);
}

} // namespace

Interrupts::Interrupts()
{
  if (::pipe2(interrupt_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
    throw std::runtime_error("no pipe for signals can be made");
  }
  interrupts_seen = 0;
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

Interrupts::~Interrupts()
{
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  ::close(interrupt_pipe[0]);
  ::close(interrupt_pipe[1]);
}

int Interrupts::wake_fd() const
{
  return interrupt_pipe[0];
}

int Interrupts::count()
{
  char bytes[16];
  while (::read(interrupt_pipe[0], bytes, sizeof bytes) > 0) {
  }
  return interrupts_seen;
}

} // namespace winnow::client
