// Maps the kept file, and writes a new one where git had to list a commit.
#include "daemon/client/work_tree_of.hpp"

#include "analyzer/change/kept_commit.hpp"
#include "daemon/client/whole_file.hpp"

#include <boost/interprocess/exceptions.hpp>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

namespace interprocess = boost::interprocess;

/// Null where there is no such file, or an empty one.
std::shared_ptr<const interprocess::mapped_region> mapped(const std::string& path)
{
  try {
    const interprocess::file_mapping file(path.c_str(), interprocess::read_only);
    return std::make_shared<const interprocess::mapped_region>(file, interprocess::read_only);
  } catch (const interprocess::interprocess_exception&) {
    return nullptr;
  }
}

} // namespace

Result<change::WorkTree> work_tree_of(const Roots& roots)
{
  const Result<change::Repository> repository = change::find_repository(roots.source);
  const std::string path = roots.build + "/.winnow/commit";
  std::optional<SourceState> known;
  if (const auto file = repository ? mapped(path) : nullptr) {
    const std::string_view bytes(static_cast<const char*>(file->get_address()), file->get_size());
    known = change::kept_commit_from(bytes, file, roots, *repository);
  }
  Result<change::WorkTree> work_tree =
      change::look_at_work_tree(roots, repository, known ? &*known : nullptr);
  if (work_tree && work_tree->listed) {
    // Where it cannot be written git lists the files again next time.
    (void)write_whole_file(path, change::kept_commit_bytes(*work_tree->listed, roots, *repository));
  }
  return work_tree;
}

} // namespace winnow::client
