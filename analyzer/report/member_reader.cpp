// Reads the members of a JSON document and remembers the first thing wrong, with its place.
#include "analyzer/report/member_reader.hpp"

#include "analyzer/report/path_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace winnow::report {

namespace json = boost::json;

MemberReader::MemberReader(const json::value& value, std::string place,
                           std::optional<std::string>& fault)
    : object_(value.if_object()), place_(std::move(place)), fault_(fault)
{
  if (object_ == nullptr && !fault_) {
    fault_ = (place_.empty() ? "it" : place_) + " is not an object";
  }
}

std::string MemberReader::place_of(std::string_view name) const
{
  return place_.empty() ? std::string(name) : place_ + "." + std::string(name);
}

void MemberReader::fail(std::string_view name, std::string_view what) const
{
  if (!fault_) {
    fault_ = place_of(name) + " " + std::string(what);
  }
}

const json::value* MemberReader::find(std::string_view name) const
{
  const json::value* found = object_ == nullptr ? nullptr : object_->if_contains(name);
  if (found == nullptr) {
    fail(name, "is missing");
  }
  return found;
}

const json::array* MemberReader::list(std::string_view name) const
{
  const json::value* found = find(name);
  if (found != nullptr && !found->is_array()) {
    fail(name, "is not a list");
  }
  return found == nullptr ? nullptr : found->if_array();
}

bool MemberReader::has(std::string_view name) const
{
  return object_ != nullptr && object_->contains(name);
}

std::string MemberReader::text(std::string_view name) const
{
  const json::value* found = find(name);
  if (found == nullptr) {
    return "";
  }
  if (!found->is_string()) {
    fail(name, "is not a text");
    return "";
  }
  return std::string(found->get_string());
}

double MemberReader::number(std::string_view name) const
{
  const json::value* found = find(name);
  if (found == nullptr) {
    return 0;
  }
  // JSON has neither infinities nor NaN, but its reader makes them of `1e999` and `0e999`.
  const double number = found->is_number() ? found->to_number<double>() : -1;
  if (!std::isfinite(number) || number < 0) {
    fail(name, "is not a number of at least 0");
    return 0;
  }
  return number;
}

std::uint32_t MemberReader::count(std::string_view name) const
{
  const json::value* found = find(name);
  if (found == nullptr) {
    return 0;
  }
  boost::system::error_code error;
  const auto number = found->to_number<std::uint32_t>(error);
  if (error) {
    fail(name, "is not a whole number of at least 0");
  }
  return error ? 0 : number;
}

std::vector<std::string> MemberReader::texts(std::string_view name) const
{
  std::vector<std::string> result;
  const json::array* elements = list(name);
  for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
    const json::string* text = (*elements)[i].if_string();
    if (text == nullptr) {
      fail(fmt::format("{}[{}]", name, i), "is not a text");
      break;
    }
    result.emplace_back(*text);
  }
  return result;
}

std::vector<std::int64_t> MemberReader::whole_numbers(std::string_view name) const
{
  std::vector<std::int64_t> result;
  const json::array* elements = list(name);
  for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
    boost::system::error_code error;
    const auto number = (*elements)[i].to_number<std::int64_t>(error);
    if (error || number < 0) {
      fail(fmt::format("{}[{}]", name, i), "is not a whole number of at least 0");
      break;
    }
    result.push_back(number);
  }
  return result;
}

TestKey MemberReader::key() const
{
  TestKey key{text("directory"), text("name")};
  const json::value* encoded =
      object_ == nullptr ? nullptr : object_->if_contains("percent_encoded");
  if (encoded != nullptr && !encoded->is_bool()) {
    fail("percent_encoded", "is not true or false");
  } else if (encoded != nullptr && encoded->get_bool()) {
    key = {from_percent(key.directory), from_percent(key.name)};
  }
  return key;
}

void MemberReader::each(std::string_view name,
                        const std::function<void(const MemberReader&)>& read) const
{
  const json::array* elements = list(name);
  for (std::size_t i = 0; elements != nullptr && i < elements->size() && !fault_; ++i) {
    read(MemberReader((*elements)[i], place_of(fmt::format("{}[{}]", name, i)), fault_));
  }
}

Result<json::value> parse_document(std::string_view text, std::string_view kind,
                                   std::string_view what)
{
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) {
    return data_error(fmt::format("the {} is not JSON: {}", what, error.message()));
  }
  std::optional<std::string> fault;
  const MemberReader document(value, "", fault);
  const std::string found_kind = document.text("kind");
  const std::uint32_t version = document.count("version");
  if (!fault && found_kind != kind) {
    fault = fmt::format("kind is \"{}\", not \"{}\"", name_text(found_kind), kind);
  }
  if (!fault && version != 1) {
    fault = fmt::format("version is {}, and this winnow reads version 1", version);
  }
  if (fault) {
    return data_error(fmt::format("the {} cannot be used: {}", what, *fault));
  }
  return value;
}

} // namespace winnow::report
