// The messages that a .wire file declares.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace isobar::wire {

enum class FieldType { text, integer, decimal, flag };

struct Field {
  std::string name;
  FieldType type;
};

struct Message {
  std::string name;
  std::vector<Field> fields;
};

/// What is wrong with a schema, as "file:line: reason".
class SchemaError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads
///     # a comment
///     message Name {
///       field: text | integer | decimal | flag
///     }
/// with `file` naming the schema in errors.
std::vector<Message> parse_schema(std::string_view source, std::string_view file);

} // namespace isobar::wire
