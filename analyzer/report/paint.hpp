// Emphasis in text for terminals, where it is wanted.
#pragma once

#include <string>
#include <string_view>

namespace winnow::report {

enum class Color { never, always };

class Paint {
 public:
  explicit Paint(Color color) : color_(color) {}

  [[nodiscard]] std::string bold(std::string_view text) const { return framed("\x1b[1m", text); }

  [[nodiscard]] std::string dim(std::string_view text) const { return framed("\x1b[2m", text); }

  [[nodiscard]] std::string warning(std::string_view text) const
  {
    return framed("\x1b[33m", text);
  }

 private:
  [[nodiscard]] std::string framed(std::string_view begin, std::string_view text) const
  {
    if (color_ == Color::never) {
      return std::string(text);
    }
    return std::string(begin).append(text).append("\x1b[0m");
  }

  Color color_;
};

} // namespace winnow::report
