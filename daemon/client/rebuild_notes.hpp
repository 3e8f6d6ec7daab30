// What earlier builds of a tree noted where time stamps alone do not tell: <build>/.winnow/rebuilt.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace winnow::client {

enum class Presence { there, gone };

/// All times are nanoseconds of the clock that stamps files of the build tree. A note of a file
/// holds as long as that is as noted; losing the notes costs a few steps that are made once more.
class RebuildNotes {
 public:
  /// Reads what is noted and still holds; what cannot be read is not noted.
  explicit RebuildNotes(const Roots& roots);

  /// Takes the time for notes to come. An environment error if notes cannot be kept.
  Result<void> start();
  /// Writes all notes.
  Result<void> keep() const;

  /// Since when `path` is known to be there, or to be gone. Where nothing is noted that is the time
  /// of the first start(), and is noted.
  std::int64_t known_since(std::string_view path, Presence presence);

  /// What is at `output` was made later than this; 0 if it was never removed.
  [[nodiscard]] std::int64_t removed_ns(std::string_view output) const;

  /// The last build that was asked for `output`, which its command may not leave.
  struct Ran {
    std::int64_t began_ns = 0;
    std::uint64_t fingerprint = 0; ///< of the command
    std::uint64_t logged_hash = 0; ///< the same command in ninja's log
  };

  [[nodiscard]] std::optional<Ran> ran(std::string_view output) const;

  void note_ran(std::string_view output, std::uint64_t fingerprint, std::uint64_t logged_hash)
  {
    ran_[std::string(output)] = {now_ns_, fingerprint, logged_hash};
  }

  void note_removed(std::string_view output) { removed_[std::string(output)] = now_ns_; }

 private:
  using Times = std::map<std::string, std::int64_t, std::less<>>;

  void read(std::string_view bytes);
  void take(std::string_view note);

  const Roots& roots_;
  std::string file_;
  std::int64_t began_ns_ = 0;
  std::int64_t now_ns_ = 0;
  Times there_;
  Times gone_;
  Times removed_;
  std::map<std::string, Ran, std::less<>> ran_;
};

} // namespace winnow::client
