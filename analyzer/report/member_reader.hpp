// Reads the members of a JSON document and remembers the first thing wrong, with its place.
// Included by .cpp files only: Boost.JSON compiles slowly.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

/// One object of a document. After the first fault members read as empty, and the fault stays: the
/// caller reads everything, then asks `fault` once.
class MemberReader {
 public:
  /// `place` is "" for the whole document, else as in "chunks[2]". All readers of a document share
  /// `fault`, which reads after "the plan cannot be used: ".
  MemberReader(const boost::json::value& value, std::string place,
               std::optional<std::string>& fault);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name) const;
  /// Finite and not negative.
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] std::uint32_t count(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// Whole and not negative.
  [[nodiscard]] std::vector<std::int64_t> whole_numbers(std::string_view name) const;
  /// What write_key() wrote into this object.
  [[nodiscard]] TestKey key() const;
  /// Calls `read` with a reader for every object of the list `name`.
  void each(std::string_view name, const std::function<void(const MemberReader&)>& read) const;

  /// Records that member `name` is not as it must be: `what` is "is not a text".
  void fail(std::string_view name, std::string_view what) const;

 private:
  [[nodiscard]] const boost::json::value* find(std::string_view name) const;
  [[nodiscard]] const boost::json::array* list(std::string_view name) const;
  [[nodiscard]] std::string place_of(std::string_view name) const;

  const boost::json::object* object_;
  std::string place_;
  std::optional<std::string>& fault_;
};

/// Parses a document and checks its kind and version. `what` names it in errors: "plan".
Result<boost::json::value> parse_document(std::string_view text, std::string_view kind,
                                          std::string_view what);

} // namespace winnow::report
