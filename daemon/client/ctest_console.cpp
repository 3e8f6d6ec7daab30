// Writes text, and lines that give way to the next.
#include "daemon/client/ctest_console.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace winnow::client {

Result<CTestConsole> CTestConsole::open(const CTestOptions& options)
{
  CTestConsole console;
  console.quiet_ = says_nothing(options);
  if (!options.output_log.empty()) {
    console.log_.open(options.output_log, std::ios::binary);
    if (!console.log_) {
      return environment_error(fmt::format("cannot write {}, the file of --output-log: {}",
                                           options.output_log, std::strerror(errno)));
    }
  }
  return console;
}

void CTestConsole::print(const Printed& printed)
{
  if (log_.is_open()) {
    for (const Printed::Piece& piece : printed.pieces) {
      log_ << piece.text;
    }
    log_ << std::flush;
  }
  if (quiet_) {
    return;
  }
  constexpr std::string_view clear_line = "\r\x1b[K";
  if (has_status_ && !(printed.pieces.empty() && printed.status.empty())) {
    fmt::print("{}", clear_line);
    std::fflush(stdout);
    has_status_ = false;
  }
  for (const Printed::Piece& piece : printed.pieces) {
    std::FILE* const stream = piece.stream == StandardStream::output ? stdout : stderr;
    fmt::print(stream, "{}", piece.text);
    std::fflush(stream);
  }
  if (!printed.status.empty()) {
    fmt::print("{}", printed.status);
    std::fflush(stdout);
    has_status_ = true;
  }
}

bool is_able_terminal()
{
  const char* const kind = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

} // namespace winnow::client
