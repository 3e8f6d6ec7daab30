// Asks RE2, by characters and by bytes.
#include "analyzer/model/path_regex.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace winnow {
namespace {

std::unique_ptr<re2::RE2> compiled(std::string_view text, re2::RE2::Options::Encoding encoding)
{
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(encoding);
  return std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
}

/// RE2 tells the part at fault, not its place; of several the first one may be meant.
std::string fault_text(std::string_view text, const re2::RE2& expression)
{
  const std::string& part = expression.error_arg();
  const std::size_t at = part.empty() ? std::string_view::npos : text.find(part);
  if (at == std::string_view::npos) {
    return expression.error();
  }
  const auto before = text.substr(0, at);
  const auto characters = std::ranges::count_if(
      before, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
  return fmt::format("{}, at character {}", expression.error(), characters + 1);
}

} // namespace

PathRegex::PathRegex(std::unique_ptr<re2::RE2> characters, std::unique_ptr<re2::RE2> bytes)
    : characters_(std::move(characters)), bytes_(std::move(bytes))
{}

PathRegex::PathRegex(PathRegex&&) noexcept = default;
PathRegex& PathRegex::operator=(PathRegex&&) noexcept = default;
PathRegex::~PathRegex() = default;

Result<PathRegex> PathRegex::from(std::string_view text)
{
  auto characters = compiled(text, re2::RE2::Options::EncodingUTF8);
  if (!characters->ok()) {
    return user_error(
        fmt::format("\"{}\" is no regular expression: {}", text, fault_text(text, *characters)));
  }
  return PathRegex(std::move(characters), compiled(text, re2::RE2::Options::EncodingLatin1));
}

bool PathRegex::matches(std::string_view path) const
{
  const re2::StringPiece piece(path.data(), path.size());
  return re2::RE2::PartialMatch(piece, *characters_) ||
         (bytes_->ok() && re2::RE2::PartialMatch(piece, *bytes_));
}

} // namespace winnow
