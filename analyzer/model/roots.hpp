// The two directories a graph's paths are relative to, so that it can be carried to another
// checkout.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// A build tree and the source tree it was configured from, absolute, without a trailing slash.
///
/// A *graph path* names a file without naming the machine: `net/url.h` is below the source root,
/// `@build/net/url.pb.h` below the build root (also where that lies inside the source root),
/// anything else is absolute. Graph paths are lexically normal; which link leads where is settled
/// at recording.
struct Roots {
  std::string source;
  std::string build;

  /// The graph path of an absolute path, or of one relative to the build root (as in build.ninja).
  [[nodiscard]] std::string graph_path(std::string_view path) const;
  /// The absolute path of a graph path.
  [[nodiscard]] std::string absolute(std::string_view graph_path) const;
};

inline constexpr std::string_view build_prefix = "@build/";

enum class Origin { source, build, external };

/// Below which root a graph path lies.
Origin origin_of(std::string_view graph_path);

/// `path` without `.`, `..`, doubled and trailing slashes; purely lexical. "" becomes ".".
std::string lexically_normal(std::string_view path);

/// Whether `path` is `directory` or lies below it; both lexically normal.
bool is_within(std::string_view path, std::string_view directory);

} // namespace winnow
