// What is in the files and directories that tests depend on, read as seldom as can be.
#pragma once

#include "daemon/client/digest.hpp"

#include <functional>
#include <map>
#include <string>

namespace winnow::client {

/// A content, and the status of the file when it had it.
struct KnownContent {
  Digest status; ///< of device, inode, size and the times of change
  Digest content;
};

/// By absolute path.
using KnownContents = std::map<std::string, KnownContent, std::less<>>;

/// A file with an unchanged status has an unchanged content, unless it was changed so lately that
/// the next change could leave the same times: then it is read. A directory stands for all that is
/// below it, but for what is left out; one that has too much below it has no content that is known.
class DependencyContents {
 public:
  /// `left_out`: a directory that does not count in those above it, as it is the build tree.
  DependencyContents(KnownContents known, std::string left_out);

  /// As it is now, or was when asked first. Unknown for what is missing, or cannot be read.
  Digest content(const std::string& path);
  /// Takes down how it is now, without reading it if that can wait.
  void look_at(const std::string& path);
  /// As it was when it was looked at. Unknown where that cannot be told any more.
  Digest content_when_looked_at(const std::string& path);

  /// What is known now.
  [[nodiscard]] const KnownContents& known() const { return known_; }

 private:
  /// Where the status is that of a known content.
  [[nodiscard]] Digest known_content(const std::string& path, const Digest& status) const;
  Digest read(const std::string& path);

  KnownContents known_;
  std::string left_out_;
  std::map<std::string, KnownContent, std::less<>> looked_at_; ///< content unknown: not read
  std::map<std::string, Digest, std::less<>> settled_;
};

} // namespace winnow::client
