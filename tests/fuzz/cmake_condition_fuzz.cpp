// Fuzzes the conditions of if(): the value and its negation are both known, or neither is.
#include "analyzer/ingest/cmake_condition.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <cstdlib>
#include <string>
#include <utility>

using namespace winnow;

namespace {

using Words = std::vector<ingest::EvaluatedArgument>;

Words with_negation(const Words& words)
{
  Words negated{{"NOT", false}, {"(", false}};
  negated.insert(negated.end(), words.begin(), words.end());
  negated.push_back({")", false});
  return negated;
}

} // namespace

/// The input is what stands between the parentheses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string script = "if(" + std::string(tests::text_of(data, size)) + "\n)\n";
  const auto commands = ingest::parse_cmake_script(script, "script.cmake");
  if (!commands) {
    return 0;
  }
  ingest::CMakeVariables variables;
  variables.set("ON_LIST", "a;b");
  variables.set("WORD", "word");
  variables.set("NO", "x-NOTFOUND");
  for (const ingest::CMakeCommand& command : *commands) {
    const auto words = variables.evaluate(command.arguments);
    if (!words) {
      continue;
    }
    const auto value = ingest::evaluate_condition(*words, variables);
    const auto negated = ingest::evaluate_condition(with_negation(*words), variables);
    // Only how deep parentheses may be nested makes a difference.
    if (negated && (!value || *negated == *value)) {
      std::abort();
    }
  }
  return 0;
}
