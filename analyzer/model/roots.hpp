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
///
/// A tree made to stand in for another one, at another place, may still mention the other's paths:
/// those are the aliases, and mean the same graph paths.
struct Roots {
  std::string source;
  std::string build;
  std::string source_alias; ///< "" for none
  std::string build_alias;

  /// The graph path of an absolute path, or of one relative to the build root (as in build.ninja).
  [[nodiscard]] std::string graph_path(std::string_view path) const;
  /// The absolute path of a graph path.
  [[nodiscard]] std::string absolute(std::string_view graph_path) const;
  /// Where the other tree has it; "" without aliases, and for files elsewhere.
  [[nodiscard]] std::string absolute_in_alias(std::string_view graph_path) const;
};

inline constexpr std::string_view build_directory = "@build";
inline constexpr std::string_view build_prefix = "@build/";

enum class Origin { source, build, external };

/// Below which root a graph path lies.
Origin origin_of(std::string_view graph_path);

/// `path` without `.`, `..`, doubled and trailing slashes; purely lexical. "" becomes ".".
std::string lexically_normal(std::string_view path);

/// `text` with the roots' paths, and those of their aliases, replaced by marks wherever they stand
/// as whole path prefixes.
std::string without_roots(std::string_view text, const Roots& roots);

/// Whether `path` is `directory` or lies below it; both lexically normal.
bool is_within(std::string_view path, std::string_view directory);

} // namespace winnow
