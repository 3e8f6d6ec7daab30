// XXH3 over relocatable text.
#include "analyzer/ingest/fingerprint.hpp"

#include <fmt/format.h>

#include <xxhash.h>

#include <algorithm>

namespace winnow::ingest {
namespace {

class Collector {
 public:
  void add(std::string_view name, std::string_view value)
  {
    text_ += fmt::format("{}\x1f{}\x1e", name, value);
  }

  void add(std::string_view name, const std::vector<std::string>& values)
  {
    for (const std::string& value : values) {
      add(name, value);
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Properties without a field that only say where a test comes from or what to do with its output.
bool is_irrelevant(std::string_view property)
{
  static constexpr std::string_view names[] = {"DEF_SOURCE_LINE", "_BACKTRACE_TRIPLES",
                                               "ATTACHED_FILES",  "ATTACHED_FILES_ON_FAIL",
                                               "MEASUREMENT",     "_CMAKE_TEST_BUILD_DEPENDS"};
  return std::find(std::begin(names), std::end(names), property) != std::end(names);
}

} // namespace

std::uint64_t fingerprint_of(std::string_view text, const Roots& roots)
{
  const std::string relocatable = without_roots(text, roots);
  return XXH3_64bits(relocatable.data(), relocatable.size());
}

std::uint64_t fingerprint_of(const TestDescription& test, const Roots& roots)
{
  const TestProperties& properties = test.properties;
  Collector facts;
  facts.add("command", test.command);
  facts.add("environment", properties.environment);
  facts.add("environment_modification", properties.environment_modification);
  facts.add("working_directory", properties.working_directory);
  facts.add("timeout", properties.timeout_s ? fmt::format("{}", *properties.timeout_s) : "");
  if (const auto& after = properties.timeout_after_match) {
    facts.add("timeout after match", fmt::format("{}", after->timeout_s));
    facts.add("match", after->regular_expressions);
  }
  facts.add("timeout signal", properties.timeout_signal_name);
  facts.add("timeout signal grace", properties.timeout_signal_grace_s
                                        ? fmt::format("{}", *properties.timeout_signal_grace_s)
                                        : "");
  facts.add("flags", fmt::format("{}{}", properties.disabled, properties.will_fail));
  facts.add("skip",
            properties.skip_return_code ? fmt::format("{}", *properties.skip_return_code) : "");
  facts.add("pass", properties.pass_regular_expression);
  facts.add("fail", properties.fail_regular_expression);
  facts.add("skip", properties.skip_regular_expression);
  facts.add("depends", properties.depends);
  facts.add("setup", properties.fixtures_setup);
  facts.add("required", properties.fixtures_required);
  facts.add("cleanup", properties.fixtures_cleanup);
  facts.add("files", properties.required_files);
  for (const auto& [name, value] : properties.others) {
    if (!is_irrelevant(name)) {
      facts.add(name, value);
    }
  }
  return fingerprint_of(facts.text(), roots);
}

} // namespace winnow::ingest
