// Values of a preset file by their types, and the first fault with its place.
// Included by .cpp files only: Boost.JSON compiles slowly.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/report/json_places.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

/// JSON as CMake accepts it: without comments, trailing commas and repeated members.
Result<boost::json::value> parse_preset_json(std::string_view text, const std::string& file);

/// After the first fault values read as empty: the caller reads everything, then asks once.
/// Paths are those of JsonPlaces.
class PresetJson {
 public:
  /// Requires what parse_preset_json() took; text and file must outlive this.
  PresetJson(std::string_view text, const std::string& file);

  /// Null unless the value is one, and after a fault.
  const boost::json::object* object(const boost::json::value& value, const std::string& path);
  const boost::json::array* array(const boost::json::value& value, const std::string& path);
  /// Without zero bytes, which no argument and no variable can hold.
  std::string text(const boost::json::value& value, const std::string& path);
  std::vector<std::string> texts(const boost::json::value& value, const std::string& path);
  bool flag(const boost::json::value& value, const std::string& path);
  /// A whole number of 32 bits.
  std::int64_t number(const boost::json::value& value, const std::string& path);
  /// `words`: the values there are, separated by |; "" means any.
  void check_word(std::string_view word, std::string_view words, const std::string& path);

  /// From here on faults name the preset that stands at `path`.
  void enter_preset(const std::string& path, std::string name);
  void leave_preset();

  void fail(const std::string& path, std::string_view what);
  /// Points at the key instead of the value.
  void fail_at_key(const std::string& path, std::string_view what);

  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

 private:
  void fail_at(std::size_t offset, const std::string& path, std::string_view what);

  std::string_view text_;
  const std::string& file_;
  report::JsonPlaces places_;
  std::string preset_path_;
  std::string preset_name_;
  std::optional<Error> fault_;
};

} // namespace winnow::client
