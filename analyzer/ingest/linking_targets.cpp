// Searches the links against their direction.
#include "analyzer/ingest/linking_targets.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace winnow::ingest {

std::vector<std::string> targets_linking(const std::vector<ExportedTarget>& targets,
                                         const std::string& target)
{
  std::unordered_map<std::string_view, std::vector<std::string_view>> users;
  for (const ExportedTarget& user : targets) {
    for (const std::string& linked : user.links) {
      users[linked].push_back(user.name);
    }
  }
  std::unordered_set<std::string_view> found{target};
  std::vector<std::string_view> pending{target};
  std::vector<std::string> linking;
  while (!pending.empty()) {
    const std::string_view linked = pending.back();
    pending.pop_back();
    for (const std::string_view user : users[linked]) {
      if (found.insert(user).second) {
        pending.push_back(user);
        linking.emplace_back(user);
      }
    }
  }
  std::ranges::sort(linking);
  return linking;
}

} // namespace winnow::ingest
