// One note after another, each `WHAT TIME PATH NUL`, with two numbers before the path where WHAT
// is `ran`; the first names the format.
#include "daemon/client/rebuild_notes.hpp"

#include "analyzer/ingest/text_file.hpp"
#include "daemon/client/file_status.hpp"
#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>
#include <system_error>

#include <algorithm>
#include <charconv>

namespace winnow::client {
namespace {

constexpr std::string_view ran_word = "ran";
constexpr std::string_view format_note{"winnow rebuilt 1\0", 17};

/// The text before the next separator; `text` loses both.
std::string_view take_until(std::string_view& text, char separator)
{
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

} // namespace

RebuildNotes::RebuildNotes(const Roots& roots)
    : roots_(roots), file_(roots.build + "/.winnow/rebuilt")
{
  if (const Result<std::string> bytes = ingest::read_text_file(file_)) {
    read(*bytes);
  }
}

void RebuildNotes::read(std::string_view bytes)
{
  if (!bytes.starts_with(format_note)) {
    return;
  }
  bytes.remove_prefix(format_note.size());
  while (!bytes.empty()) {
    take(take_until(bytes, '\0'));
  }
}

void RebuildNotes::take(std::string_view note)
{
  const std::string_view what = take_until(note, ' ');
  const std::string_view time = take_until(note, ' ');
  std::int64_t time_ns = 0;
  const auto [end, failure] = std::from_chars(time.data(), time.data() + time.size(), time_ns);
  if (failure != std::errc() || end != time.data() + time.size() || note.empty()) {
    return;
  }
  const FileStatus status = look_at(roots_.absolute(note));
  if (what == "there" && status.exists()) {
    there_.emplace(note, time_ns);
  } else if (what == "gone" && !status.exists()) {
    gone_.emplace(note, time_ns);
  } else if (what == "removed" && status.exists() && status.written_ns <= time_ns) {
    removed_.emplace(note, time_ns); // a younger one tells by itself
  } else if (what == ran_word) {
    const auto take_number = [&] {
      const std::string_view digits = take_until(note, ' ');
      std::uint64_t number = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
      return number;
    };
    const std::uint64_t fingerprint = take_number();
    const std::uint64_t logged_hash = take_number();
    ran_[std::string(note)] = {time_ns, fingerprint, logged_hash};
  }
}

Result<void> RebuildNotes::start()
{
  Result<void> kept = keep();
  if (kept) {
    now_ns_ = look_at(file_).written_ns;
    began_ns_ = began_ns_ == 0 ? now_ns_ : began_ns_;
  }
  return kept;
}

Result<void> RebuildNotes::keep() const
{
  std::string bytes(format_note);
  for (const auto& [what, times] :
       {std::pair<std::string_view, const Times&>{"there", there_},
        std::pair<std::string_view, const Times&>{"gone", gone_},
        std::pair<std::string_view, const Times&>{"removed", removed_}}) {
    for (const auto& [path, time_ns] : times) {
      bytes += fmt::format("{} {} {}", what, time_ns, path);
      bytes += '\0';
    }
  }
  for (const auto& [path, ran] : ran_) {
    bytes += fmt::format("{} {} {} {} {}", ran_word, ran.began_ns, ran.fingerprint, ran.logged_hash,
                         path);
    bytes += '\0';
  }
  const std::string fault = write_whole_file(file_, bytes);
  return fault.empty()
             ? Result<void>()
             : environment_error(fmt::format("cannot write {}: {}; a build needs a build tree that "
                                             "can be written to",
                                             file_, fault));
}

std::int64_t RebuildNotes::known_since(std::string_view path, Presence presence)
{
  Times& times = presence == Presence::there ? there_ : gone_;
  return times.try_emplace(std::string(path), began_ns_).first->second;
}

std::int64_t RebuildNotes::removed_ns(std::string_view output) const
{
  const auto found = removed_.find(output);
  return found == removed_.end() ? 0 : found->second;
}

std::optional<RebuildNotes::Ran> RebuildNotes::ran(std::string_view output) const
{
  const auto found = ran_.find(output);
  return found == ran_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace winnow::client
