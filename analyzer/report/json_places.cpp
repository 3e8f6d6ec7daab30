// Walks over JSON that is known to be sound.
#include "analyzer/report/json_places.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace winnow::report {

TextPlace place_at(std::string_view text, std::size_t offset)
{
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1; // npos + 1 is 0
  TextPlace place;
  place.line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
  for (const char c : before.substr(line_begin)) {
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    place.column += continues ? 0 : 1;
  }
  return place;
}

Result<std::string> without_comments(std::string_view text)
{
  std::string blanked(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t end = at + 1;
    if (rest.starts_with('"')) {
      while (end < text.size() && text[end] != '"') {
        end += text[end] == '\\' ? 2 : 1;
      }
      ++end;
    } else if (rest.starts_with("//") || rest.starts_with("/*")) {
      const bool is_line = rest[1] == '/';
      const std::size_t close = is_line ? text.find('\n', at) : text.find("*/", at + 2);
      if (close == std::string_view::npos && !is_line) {
        const TextPlace place = place_at(text, at);
        return user_error(fmt::format("{}:{}: this comment has no end", place.line, place.column));
      }
      end = std::min(close, text.size() - (is_line ? 0 : 2)) + (is_line ? 0 : 2);
      std::replace_if(
          blanked.begin() + static_cast<std::ptrdiff_t>(at),
          blanked.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; },
          ' ');
    }
    at = end;
  }
  return blanked;
}

class JsonPlaces::Walk {
 public:
  Walk(JsonPlaces& places, std::string_view text) : places_(places), text_(text) {}

  void value(const std::string& path)
  {
    skip_blanks();
    places_.values_.emplace(path, at_);
    switch (peek()) {
    case '{':
      object(path);
      break;
    case '[':
      array(path);
      break;
    case '"':
      skip_string();
      break;
    default:
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_ + 1), text_.size());
    }
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// Also the commas between elements.
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size()); }

  std::string_view skip_string()
  {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_ + 1, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  void object(const std::string& path)
  {
    ++at_;
    for (skip_blanks(); peek() == '"'; skip_blanks()) {
      const std::size_t key_begin = at_;
      const std::string name(boost::json::parse(skip_string()).as_string());
      const std::string member = path.empty() ? name : path + "." + name;
      if (!places_.keys_.insert_or_assign(member, key_begin).second && !places_.repeated_) {
        places_.repeated_ = member;
        return;
      }
      value(member);
      if (places_.repeated_) {
        return;
      }
    }
    ++at_;
  }

  void array(const std::string& path)
  {
    ++at_;
    std::size_t index = 0;
    for (skip_blanks(); at_ < text_.size() && peek() != ']' && !places_.repeated_; skip_blanks()) {
      value(path + "[" + std::to_string(index++) + "]");
    }
    ++at_;
  }

  JsonPlaces& places_;
  std::string_view text_;
  std::size_t at_ = 0;
};

JsonPlaces::JsonPlaces(std::string_view text)
{
  Walk(*this, text).value("");
}

std::size_t JsonPlaces::value(const std::string& path) const
{
  const auto found = values_.find(path);
  return found == values_.end() ? 0 : found->second;
}

std::size_t JsonPlaces::key(const std::string& path) const
{
  const auto found = keys_.find(path);
  return found == keys_.end() ? 0 : found->second;
}

} // namespace winnow::report
