// Where the words of `winnow ctest` go.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_printed.hpp"

#include <fstream>

namespace winnow::client {

/// The two standard streams, unless ctest is to say nothing, and the file of --output-log, which
/// has everything as it is printed: not the marks that ctest puts between kinds of lines there.
class CTestConsole {
 public:
  CTestConsole() = default;
  /// An environment error: the file of --output-log cannot be written.
  static Result<CTestConsole> open(const CTestOptions& options);

  /// At once, and in order.
  void print(const Printed& printed);

 private:
  bool quiet_ = false;
  bool has_status_ = false; ///< a line without an end stands on the terminal
  std::ofstream log_;
};

/// Whether standard output is a terminal that can do more than print lines.
bool is_able_terminal();

} // namespace winnow::client
