// Cuts generated suites and says what their plans break.
//
// check_plans FIRST LAST: for each seed a line of JSON {"seed", "tests", "chunks", "broken"[]}.
#include "tests/support/plan_check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace winnow;

std::string line_of(std::uint32_t seed)
{
  const tests::GeneratedSuite suite = tests::generated_suite(seed);
  const auto cut = [&] {
    return split::split(suite.tests, suite.history, suite.options, suite.builds);
  };
  std::vector<std::string> broken;
  const Result<Plan> plan = cut();
  if (!plan) {
    broken.push_back("refused: " + plan.error().message);
  } else {
    broken = tests::violations(suite, *plan);
    if (!tests::same(*plan, *cut())) {
      broken.emplace_back("another plan the second time");
    }
  }
  std::string line =
      "{\"seed\": " + std::to_string(seed) + ", \"tests\": " + std::to_string(suite.tests.size()) +
      ", \"chunks\": " + std::to_string(plan ? plan->chunks.size() : 0) + ", \"broken\": [";
  for (const std::string& one : broken) { // no quotes in them
    line += (line.back() == '[' ? "\"" : ", \"") + one + "\"";
  }
  return line + "]}";
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 3) {
    std::fputs("usage: check_plans FIRST LAST\n", stderr);
    return 2;
  }
  const auto last = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  for (auto seed = static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)); seed <= last;
       ++seed) {
    std::puts(line_of(seed).c_str());
  }
  return 0;
}
