// Where tests are defined, as the backtrace graph of `ctest --show-only=json-v1`.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::client {

/// Nodes name their files and commands by index. Each test brings its own nodes, as in ctest.
class CTestBacktraces {
 public:
  /// Of a backtrace as in TestListing, the node of the innermost call; nothing for one that is
  /// none.
  std::optional<std::uint64_t> add(std::string_view backtrace);

  /// The graph; nothing may be added afterwards.
  boost::json::object graph() &&;

 private:
  /// The index of a text in a list, appended on first mention.
  struct Texts {
    std::uint64_t index_of(const std::string& text);

    boost::json::array list;
    std::unordered_map<std::string, std::uint64_t> known;
  };

  Texts commands_;
  Texts files_;
  boost::json::array nodes_;
};

} // namespace winnow::client
