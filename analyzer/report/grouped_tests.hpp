// Tests listed under the words that say why, each wording once.
#pragma once

#include "analyzer/model/reach.hpp"
#include "analyzer/report/paint.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::report {

/// Many tests of one program share a chain: the chain is said once, the names follow it.
class GroupedTests {
 public:
  void add(const std::string& words, std::string name);

  /// Wordings in the order they came, each followed by its names, wrapped; indented by two.
  [[nodiscard]] std::string text(const Paint& paint) const;

 private:
  struct Group {
    std::string words;
    std::vector<std::string> names;
  };

  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> index_of_;
};

/// A chain to a test under a heading that says where it starts, above a name that says where it
/// ends: "included by net/client.cpp, compiled into libnet.a, linked into http_test".
std::string inner_chain_text(const Graph& graph, std::span<const ChainLink> chain);

} // namespace winnow::report
