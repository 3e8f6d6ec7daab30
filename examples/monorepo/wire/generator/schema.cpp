#include "generator/schema.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "text/text.hpp"

namespace isobar::wire {

namespace {

class SchemaParser {
 public:
  explicit SchemaParser(std::string_view file) : file_(file) {}

  void line(std::string_view text);
  std::vector<Message> finish();

 private:
  [[noreturn]] void fail(const std::string& reason) const
  {
    throw SchemaError(file_ + ":" + std::to_string(number_) + ": " + reason);
  }

  void open_message(std::string_view text);
  void add_field(std::string_view text);

  std::string file_;
  int number_ = 0;
  bool inside_message_ = false;
  std::vector<Message> messages_;
};

void SchemaParser::line(std::string_view text)
{
  ++number_;
  text = trim(text.substr(0, text.find('#')));
  if (text.empty()) {
    return;
  }
  if (!inside_message_) {
    open_message(text);
  } else if (text == "}") {
    inside_message_ = false;
  } else {
    add_field(text);
  }
}

void SchemaParser::open_message(std::string_view text)
{
  const auto parts = words(text);
  if (parts.size() != 3 || parts[0] != "message" || parts[2] != "{") {
    fail("expected 'message NAME {'");
  }
  messages_.push_back({std::string(parts[1]), {}});
  inside_message_ = true;
}

void SchemaParser::add_field(std::string_view text)
{
  static const std::map<std::string_view, FieldType> types{{"text", FieldType::text},
                                                           {"integer", FieldType::integer},
                                                           {"decimal", FieldType::decimal},
                                                           {"flag", FieldType::flag}};
  const auto parts = split(text, ':');
  if (parts.size() != 2) {
    fail("expected 'field: type'");
  }
  const std::string name(trim(parts[0]));
  const auto type = types.find(trim(parts[1]));
  if (type == types.end()) {
    fail("unknown type '" + std::string(trim(parts[1])) + "'");
  }
  auto& fields = messages_.back().fields;
  if (std::ranges::find(fields, name, &Field::name) != fields.end()) {
    fail("field '" + name + "' is declared twice");
  }
  fields.push_back({name, type->second});
}

std::vector<Message> SchemaParser::finish()
{
  if (inside_message_) {
    fail("message '" + messages_.back().name + "' is not closed");
  }
  return std::move(messages_);
}

} // namespace

std::vector<Message> parse_schema(std::string_view source, std::string_view file)
{
  SchemaParser parser(file);
  for (const std::string_view line : split(source, '\n')) {
    parser.line(line);
  }
  return parser.finish();
}

} // namespace isobar::wire
