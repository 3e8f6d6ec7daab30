// Every line of the rules we ship is a rule, and a mild day raises none of them.
#include <fstream>

#include "alert/rule.hpp"
#include "checks/checks.hpp"
#include "text/text.hpp"

using namespace isobar;

int main(int argc, char** argv)
{
  CHECK(argc == 2);
  std::ifstream file(argv[argc - 1]);
  int rules = 0;
  for (std::string line; std::getline(file, line);) {
    if (trim(line).starts_with('#')) {
      continue;
    }
    const auto rule = parse_rule(line);
    CHECK(rule);
    CHECK(rule && !applies(*rule, {{18.0}, {1013.0}, {4.0}}));
    ++rules;
  }
  CHECK(rules == 6);
  return checks::result();
}
