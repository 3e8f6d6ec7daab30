// Maps the kept file, and writes a new one where git had to list a commit.
#include "daemon/client/work_tree_of.hpp"

#include "analyzer/change/kept_commit.hpp"
#include "analyzer/model/mapped_file.hpp"
#include "daemon/client/whole_file.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

std::string kept_path(const Roots& roots)
{
  return roots.build + "/.winnow/commit";
}

} // namespace

std::optional<KeptCommit> kept_commit(const Roots& roots)
{
  const auto file = MappedFile::open(kept_path(roots));
  if (file == nullptr) {
    return std::nullopt;
  }
  const bool checked = file->was_checked();
  const std::string_view bytes(reinterpret_cast<const char*>(file->bytes().data()),
                               file->bytes().size());
  auto commit = change::kept_commit_from(
      bytes, file, roots, checked ? change::Checksum::known_right : change::Checksum::compared);
  if (commit && !checked) {
    file->note_checked();
  }
  return commit ? std::optional(KeptCommit{std::move(*commit), file}) : std::nullopt;
}

Result<change::WorkTree> work_tree_of(const Roots& roots, const std::optional<KeptCommit>& known)
{
  Result<change::WorkTree> work_tree =
      change::look_at_work_tree(roots, known ? &known->commit : nullptr);
  if (work_tree && work_tree->listed) {
    // Where it cannot be written git lists the files again next time.
    (void)write_whole_file(kept_path(roots), change::kept_commit_bytes(*work_tree->listed, roots,
                                                                       *work_tree->repository));
  }
  return work_tree;
}

} // namespace winnow::client
