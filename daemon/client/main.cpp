// The `winnow` command: wiring only.
#include "analyzer/model/exit_code.hpp"
#include "daemon/client/command_line.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
  try {
    return winnow::client::run_command_line(argc, argv);
  } catch (const std::exception& defect) {
    std::fprintf(stderr, "winnow: a defect in winnow: %s; please report it\n", defect.what());
    return static_cast<int>(winnow::ExitCode::defect);
  }
}
