// The names under which sources may open data that somebody is known to read.
#pragma once

#include "analyzer/model/literal_key.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/text_hash.hpp"

#include <string>
#include <string_view>
#include <unordered_set>

namespace winnow::ingest {

/// The keys (literal_key.hpp) of some files of the sources, and of the directories around them.
class DataNames {
 public:
  void add(std::string_view graph_path)
  {
    if (origin_of(graph_path) != Origin::source) {
      return;
    }
    keys_.emplace(file_key(graph_path));
    if (const std::string_view extension = extension_key(graph_path); !extension.empty()) {
      keys_.emplace(extension);
    }
    for (std::size_t slash = graph_path.rfind('/'); slash != std::string_view::npos;
         slash = graph_path.rfind('/', slash - 1)) {
      keys_.insert(directory_key(graph_path.substr(0, slash)));
    }
  }

  [[nodiscard]] bool contains(std::string_view key) const { return keys_.contains(key); }

  [[nodiscard]] bool empty() const { return keys_.empty(); }

 private:
  std::unordered_set<std::string, TextHash, std::equal_to<>> keys_;
};

} // namespace winnow::ingest
