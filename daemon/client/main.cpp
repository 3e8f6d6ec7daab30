// The `winnow` command: wiring only.
#include "analyzer/model/exit_code.hpp"
#include "daemon/client/command_line.hpp"
#include "daemon/client/standard_streams.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
  try {
    winnow::client::open_standard_streams();
    return winnow::client::run_command_line(argc, argv);
  } catch (const std::exception& defect) {
    std::fprintf(stderr, "winnow: a defect in winnow: %s; please report it\n", defect.what());
    return static_cast<int>(winnow::ExitCode::defect);
  }
}
