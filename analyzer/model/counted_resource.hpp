// A kind of resource that a project declares: how many units there are, and what one test may ask.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

/// What counts one test may ask for: a small part of JSON Schema.
struct CountSchema {
  std::optional<std::uint32_t> minimum;
  std::optional<std::uint32_t> maximum;
  std::optional<std::uint32_t> multiple_of;
  std::vector<std::uint32_t> choices; ///< "enum"; empty: any

  bool operator==(const CountSchema&) const = default;
};

struct CountedResource {
  std::string name; ///< "machine:NAME" is one for all projects of a user
  std::uint32_t capacity = 0;
  CountSchema schema;
  /// What a test that uses it is told: name and text, with "{count}" for how many units it has.
  std::vector<std::pair<std::string, std::string>> environment;
  std::string declared_at; ///< "winnow.json:12" or as CMake has it

  bool operator==(const CountedResource&) const = default;
};

/// Why no test can ask for so many, to be read after "3 of license: "; "" if one can.
std::string misfit(const CountedResource& resource, std::uint32_t count);

/// Letters, digits and _.:-, as `winnow_test_resources()` has it.
bool is_resource_name(std::string_view name);

/// The texts for a test that has so many units, as "NAME=text".
std::vector<std::string> told_environment(const CountedResource& resource, std::uint32_t count);

} // namespace winnow
