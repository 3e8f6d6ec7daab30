// One pass over the listing of the whole index.
#include "analyzer/change/hidden_files.hpp"

#include <algorithm>

namespace winnow::change {

std::vector<std::string> hidden_files_in(std::string_view tags)
{
  std::vector<std::string> paths;
  while (!tags.empty()) {
    const std::string_view line = tags.substr(0, tags.find('\0'));
    if (line.size() > 2 && (line[0] == 'S' || (line[0] >= 'a' && line[0] <= 'z'))) {
      paths.emplace_back(line.substr(2));
    }
    tags.remove_prefix(std::min(line.size() + 1, tags.size()));
  }
  return paths;
}

} // namespace winnow::change
