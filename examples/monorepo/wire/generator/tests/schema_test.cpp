#include "checks/checks.hpp"
#include "generator/schema.hpp"

using namespace isobar;

int main()
{
  const auto messages = wire::parse_schema("# comment\n"
                                           "message Gust {  # another\n"
                                           "  station: text\n"
                                           "  speed:   decimal\n"
                                           "}\n"
                                           "message Bye {\n"
                                           "}\n",
                                           "gust.wire");
  CHECK(messages.size() == 2);
  CHECK(messages[0].name == "Gust");
  CHECK(messages[0].fields.size() == 2);
  CHECK(messages[0].fields[1].name == "speed");
  CHECK(messages[0].fields[1].type == wire::FieldType::decimal);
  CHECK(messages[1].fields.empty());
  return checks::result();
}
