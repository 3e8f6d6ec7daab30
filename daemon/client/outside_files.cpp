// Asks what is kept of their contents.
#include "daemon/client/outside_files.hpp"

#include "analyzer/ingest/record.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/model/outside_contents.hpp"
#include "daemon/client/whole_file.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace winnow::client {
namespace {

std::string path_in(const ingest::BuildTree& tree)
{
  return tree.roots.build + "/" + std::string(ingest::outside_contents_path);
}

} // namespace

std::vector<FileVersion> outside_files(const ingest::BuildTree& tree, const Graph& graph,
                                       const select::LeafInputs& leaves)
{
  std::vector<FileVersion> files;
  if (leaves.outside().empty()) {
    return files;
  }
  const Result<std::string> kept = ingest::read_text_file(path_in(tree));
  OutsideContents contents = OutsideContents::from_bytes(kept ? *kept : std::string());
  for (const FileId file : leaves.outside()) {
    const std::string path(graph.path(file));
    files.push_back({path, contents.content(path)});
  }
  std::ranges::sort(files, {}, &FileVersion::path);
  if (contents.changed()) {
    keep_outside_contents(tree, contents.bytes());
  }
  return files;
}

std::vector<ChangedFile> changed_outside(const Graph& graph, std::span<const FileVersion> outside)
{
  std::vector<ChangedFile> changed;
  for (const FileVersion& file : outside) {
    const std::optional<FileId> known = graph.find_file(file.path);
    if (known && !same_content(graph.recorded_hash(*known), file.hash)) {
      const bool is_there = file.hash.known();
      changed.push_back({file.path, is_there ? ChangeStatus::modified : ChangeStatus::deleted, {}});
    }
  }
  return changed;
}

void keep_outside_contents(const ingest::BuildTree& tree, std::string_view bytes)
{
  (void)write_whole_file(path_in(tree), bytes);
}

} // namespace winnow::client
