// Compiles patterns to tokens, and follows all ways to match at once.
#include "analyzer/model/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace winnow {
namespace {

using ByteSet = std::bitset<256>;

struct NamedClass {
  std::string_view name;
  int (*contains)(int);
};

constexpr NamedClass named_classes[] = {
    {"alnum", std::isalnum}, {"alpha", std::isalpha}, {"blank", std::isblank},
    {"cntrl", std::iscntrl}, {"digit", std::isdigit}, {"graph", std::isgraph},
    {"lower", std::islower}, {"print", std::isprint}, {"punct", std::ispunct},
    {"space", std::isspace}, {"upper", std::isupper}, {"xdigit", std::isxdigit},
};

constexpr std::size_t longest_pattern = 4096;

constexpr std::size_t index_of(char c)
{
  return static_cast<unsigned char>(c);
}

} // namespace

/// Reads one pattern from left to right.
class PathPatternParser {
 public:
  using Token = PathPattern::Token;

  PathPatternParser(std::string_view pattern, std::string_view source_root)
      : whole_(pattern), source_root_(source_root)
  {}

  Result<PathPattern> parse()
  {
    if (whole_.empty() || whole_ == "/") {
      return user_error("an empty pattern matches nothing; leave it out");
    }
    if (whole_.size() > longest_pattern) {
      return user_error(fmt::format("a pattern of {} bytes is too long", whole_.size()));
    }
    if (whole_.starts_with('!')) {
      return error("begins with !, which rules do not have: give a rule \"ignore\": false, or "
                   "write \\! for the character");
    }
    if (Result<void> left = leave_source_root(); left.has_error()) {
      return left.error();
    }
    place();
    while (at_ < pattern_.size()) {
      if (Result<void> read = read_token(); read.has_error()) {
        return read.error();
      }
    }
    result_.text_ = whole_;
    return std::move(result_);
  }

 private:
  [[nodiscard]] Error error(std::string_view what) const
  {
    return user_error(fmt::format("the pattern {} {}", whole_, what));
  }

  /// Turns leading `../` into the absolute directory they lead to.
  Result<void> leave_source_root()
  {
    pattern_ = whole_;
    std::string_view directory = source_root_;
    while (pattern_.starts_with("../")) {
      if (directory.empty()) {
        return error("leads out of every directory");
      }
      directory = directory.substr(0, directory.rfind('/'));
      pattern_.remove_prefix(3);
      result_.absolute_ = true;
    }
    if (result_.absolute_) {
      for (const char c : directory) {
        add_literal(c);
      }
      add_literal('/');
    }
    return {};
  }

  /// Judges the slashes at both ends.
  void place()
  {
    if (pattern_.ends_with('/')) {
      result_.directories_only_ = true;
      pattern_.remove_suffix(1);
    }
    const bool anchored = result_.absolute_ || pattern_.find('/') != std::string_view::npos;
    if (pattern_.starts_with('/')) {
      pattern_.remove_prefix(1);
    }
    if (!anchored) {
      add_directories();
    }
  }

  void add_literal(char c)
  {
    Token token;
    token.bytes.set(index_of(c));
    result_.tokens_.push_back(token);
  }

  void add_set(ByteSet bytes)
  {
    bytes.reset(index_of('/'));
    result_.tokens_.push_back({Token::Kind::one, bytes});
  }

  void add_directories()
  {
    result_.tokens_.push_back({Token::Kind::directories, {}});
    result_.tokens_.push_back({Token::Kind::inside, {}});
  }

  Result<void> read_token()
  {
    switch (const char c = pattern_[at_]; c) {
    case '*':
      read_stars();
      return {};
    case '?':
      ++at_;
      add_set(~ByteSet());
      return {};
    case '[':
      return read_set();
    case '\\':
      if (++at_ == pattern_.size()) {
        return error("ends in a backslash");
      }
      [[fallthrough]];
    default:
      add_literal(pattern_[at_++]);
      return {};
    }
  }

  void read_stars()
  {
    const std::size_t begin = at_;
    at_ = std::min(pattern_.find_first_not_of('*', at_), pattern_.size());
    const bool starts_component = begin == 0 || pattern_[begin - 1] == '/';
    const bool ends_component = at_ == pattern_.size() || pattern_[at_] == '/';
    if (at_ - begin < 2 || !starts_component || !ends_component) {
      result_.tokens_.push_back({Token::Kind::run, {}});
    } else if (at_ == pattern_.size()) {
      result_.tokens_.push_back({Token::Kind::rest, {}});
    } else {
      ++at_;
      add_directories();
    }
  }

  Result<void> read_set()
  {
    ByteSet bytes;
    ++at_;
    const bool negated = at_ < pattern_.size() && (pattern_[at_] == '!' || pattern_[at_] == '^');
    at_ += negated ? 1 : 0;
    std::optional<char> before; // what a range would begin at
    for (bool first = true; at_ < pattern_.size(); first = false) {
      if (pattern_[at_] == ']' && !first) {
        ++at_;
        add_set(negated ? ~bytes : bytes);
        return {};
      }
      if (pattern_.substr(at_).starts_with("[:") &&
          pattern_.find(":]", at_ + 2) != std::string_view::npos) {
        if (Result<void> read = read_class(bytes); read.has_error()) {
          return read;
        }
        before.reset();
        continue;
      }
      const bool is_range =
          pattern_[at_] == '-' && before && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']';
      at_ += is_range ? 1 : 0;
      if (pattern_[at_] == '\\' && ++at_ == pattern_.size()) {
        break;
      }
      const char c = pattern_[at_++];
      for (std::size_t byte = index_of(is_range ? *before : c); byte <= index_of(c); ++byte) {
        bytes.set(byte);
      }
      before = is_range ? std::nullopt : std::optional(c);
    }
    return error("has a [ without its ]");
  }

  Result<void> read_class(ByteSet& bytes)
  {
    const std::size_t end = pattern_.find(":]", at_ + 2);
    const std::string_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    for (const NamedClass& known : named_classes) {
      if (known.name == name) {
        for (int byte = 0; byte < 128; ++byte) {
          if (known.contains(byte) != 0) {
            bytes.set(static_cast<std::size_t>(byte));
          }
        }
        at_ = end + 2;
        return {};
      }
    }
    return error(fmt::format("names the unknown class [:{}:]", name));
  }

  std::string_view whole_;
  std::string_view source_root_;
  std::string_view pattern_; ///< what is left of the whole between the slashes at its ends
  std::size_t at_ = 0;
  PathPattern result_;
};

Result<PathPattern> PathPattern::compile(std::string_view pattern, std::string_view source_root)
{
  return PathPatternParser(pattern, source_root).parse();
}

void PathPattern::enter(States& states, std::size_t state) const
{
  if (states[state] != 0) {
    return;
  }
  states[state] = 1;
  if (state == tokens_.size()) {
    return;
  }
  switch (tokens_[state].kind) {
  case Token::Kind::run:
  case Token::Kind::rest:
    enter(states, state + 1);
    break;
  case Token::Kind::directories:
    enter(states, state + 1);
    enter(states, state + 2);
    break;
  case Token::Kind::one:
  case Token::Kind::inside:
    break;
  }
}

void PathPattern::step(const States& states, unsigned char byte, States& next) const
{
  next.assign(states.size(), 0);
  for (std::size_t state = 0; state < tokens_.size(); ++state) {
    if (states[state] == 0) {
      continue;
    }
    switch (tokens_[state].kind) {
    case Token::Kind::one:
      if (tokens_[state].bytes[byte]) {
        enter(next, state + 1);
      }
      break;
    case Token::Kind::run:
      if (byte != '/') {
        enter(next, state);
      }
      break;
    case Token::Kind::rest:
      enter(next, state);
      break;
    case Token::Kind::directories:
      break; // its second half takes the byte
    case Token::Kind::inside:
      enter(next, state);
      if (byte == '/') {
        enter(next, state + 1);
      }
      break;
    }
  }
}

bool PathPattern::matches(std::string_view path, PathKind kind) const
{
  if (path.starts_with('/') != absolute_) {
    return false;
  }
  States states(tokens_.size() + 1);
  States next;
  enter(states, 0);
  for (const char c : path) {
    if (c == '/' && states.back() != 0) {
      return true; // a directory above matches
    }
    step(states, static_cast<unsigned char>(c), next);
    std::swap(states, next);
    if (std::ranges::find(states, 1) == states.end()) {
      return false;
    }
  }
  return states.back() != 0 && (kind == PathKind::directory || !directories_only_);
}

} // namespace winnow
