// Tests listed under the words that say why, each wording once.
#pragma once

#include "analyzer/model/reach.hpp"
#include "analyzer/report/paint.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::report {

/// Many tests of one program share a chain: the chain is said once, the names follow it.
class GroupedTests {
 public:
  /// How many wordings are listed, and how many names of each.
  struct Limits {
    std::size_t wordings = std::numeric_limits<std::size_t>::max();
    std::size_t names = std::numeric_limits<std::size_t>::max();
  };

  GroupedTests() = default;

  explicit GroupedTests(const Limits& limits) : limits_(limits) {}

  /// Whether one more test with these words is listed by its name, or only counted.
  [[nodiscard]] bool has_room(const std::string& words) const;

  void add(const std::string& words, std::string name);
  /// A test without a name, where there is no room.
  void add_unnamed(const std::string& words);

  /// Wordings in the order they came, each followed by its names, wrapped; indented by two.
  [[nodiscard]] std::string text(const Paint& paint) const;

 private:
  struct Group {
    std::string words;
    std::vector<std::string> names;
    std::size_t unnamed = 0;
  };

  Limits limits_;
  std::size_t of_no_group_ = 0;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> index_of_;
};

/// A chain to a test under a heading that says where it starts, above a name that says where it
/// ends: "included by net/client.cpp, compiled into libnet.a, linked into http_test".
std::string inner_chain_text(const Graph& graph, std::span<const ChainLink> chain);

} // namespace winnow::report
