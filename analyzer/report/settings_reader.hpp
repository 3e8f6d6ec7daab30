// Reads the values that settings are made of: every key is known, every value of its type, or the
// first fault is kept with its place. Included by .cpp files only: Boost.JSON compiles slowly.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/report/json_places.hpp"

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

/// "winnow.json:3:7: it".
Error fault_at(std::string_view file, TextPlace place, std::string_view what);

/// After the first fault values read as empty: the caller reads everything, then asks once.
class SettingsReader {
 public:
  /// `plain` is `text` without its comments.
  SettingsReader(std::string_view text, std::string_view plain, std::string_view file,
                 std::string_view source_root);

  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

  void fail(const std::string& path, std::string_view what);
  void fail_at_key(const std::string& path, std::string_view what);
  /// The object at `path`, whose keys must be among `known`.
  const boost::json::object* object(const boost::json::value& value, const std::string& path,
                                    std::initializer_list<std::string> known);
  const boost::json::array* list(const boost::json::value& value, const std::string& path);
  std::string text(const boost::json::value& value, const std::string& path);
  /// Nothing where `parent` has no such member.
  std::vector<std::string> texts(const boost::json::object& parent, const std::string& path,
                                 std::string_view name);
  void add_pattern(std::vector<PathPattern>& patterns, const std::string& pattern,
                   const std::string& path);
  std::vector<PathPattern> patterns(const boost::json::object& parent, const std::string& path,
                                    std::string_view name);
  /// What the members of that name say.
  TestSelector selector(const boost::json::object& lists, const std::string& path);
  TestSelector selector(const boost::json::value& value, const std::string& path);
  [[nodiscard]] std::string rule_name(const std::string& path) const;
  /// A text such as "2s", in microseconds; 0 where there is no such member.
  std::int64_t pause_us(const boost::json::object& parent, const std::string& path,
                        std::string_view name);
  /// How often something happens: a whole number below most_attempts.
  std::uint32_t count(const boost::json::value& value, const std::string& path);

 private:
  [[nodiscard]] Error fault(std::size_t offset, std::string_view what) const;

  std::string_view text_;
  std::string_view file_;
  std::string_view source_root_;
  JsonPlaces places_;
  std::optional<Error> fault_;
};

} // namespace winnow::report
