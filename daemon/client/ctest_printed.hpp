// What `winnow ctest` is to print, each piece with its stream.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::client {

enum class StandardStream { output, error };

/// Text for the two streams. Where both are one terminal or one file, it stands in the order of the
/// pieces.
struct Printed {
  struct Piece {
    StandardStream stream;
    std::string text;
  };

  void add(StandardStream stream, std::string text)
  {
    if (text.empty()) {
      return;
    }
    if (!pieces.empty() && pieces.back().stream == stream) {
      pieces.back().text += text;
    } else {
      pieces.push_back({stream, std::move(text)});
    }
  }

  void out(std::string text) { add(StandardStream::output, std::move(text)); }

  void err(std::string text) { add(StandardStream::error, std::move(text)); }

  /// All that is for one stream.
  [[nodiscard]] std::string text_of(StandardStream stream) const
  {
    std::string text;
    for (const Piece& piece : pieces) {
      text += piece.stream == stream ? std::string_view(piece.text) : std::string_view();
    }
    return text;
  }

  std::vector<Piece> pieces;
  std::string status; ///< --progress: a line without an end that stands until something is printed
};

inline Printed for_output(std::string text)
{
  Printed printed;
  printed.out(std::move(text));
  return printed;
}

inline Printed for_error(std::string text)
{
  Printed printed;
  printed.err(std::move(text));
  return printed;
}

} // namespace winnow::client
