// Words of files, tried as names.
#include "analyzer/ingest/mentioned_files.hpp"

#include "analyzer/ingest/text_words.hpp"

#include <unordered_set>

namespace winnow::ingest {

std::vector<FileId> MentionedFiles::behind(std::span<const FileId> files)
{
  std::vector<FileId> found(files.begin(), files.end());
  std::unordered_set<FileId> seen(files.begin(), files.end());
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const FileId file : mentioned_in(found[i])) {
      if (seen.insert(file).second) {
        found.push_back(file);
      }
    }
  }
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(files.size()));
  return found;
}

const std::vector<FileId>& MentionedFiles::mentioned_in(FileId file)
{
  const auto [at, added] = mentioned_.try_emplace(file);
  if (!added || builder_.producer(file)) {
    return at->second;
  }
  const std::string path = files_.roots().absolute(builder_.path(file));
  const std::string beside = path.substr(0, path.rfind('/'));
  for (const std::string& word : file_words(path)) {
    const std::string name = word.substr(0, word.find_last_not_of('.') + 1); // ends a sentence
    if (name.empty() || name.starts_with('/')) {
      continue;
    }
    for (const std::string& directory : {beside, files_.roots().source}) {
      const NamedFile* named = files_.existing_input(lexically_normal(directory + "/" + name));
      if (named != nullptr && !builder_.producer(named->file)) {
        at->second.push_back(named->file);
        break;
      }
    }
  }
  return at->second;
}

} // namespace winnow::ingest
