// From the triples that CMake writes beside each test: file, line, command.
#include "daemon/client/ctest_backtraces.hpp"

#include "analyzer/report/test_key_json.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace json = boost::json;

/// A list's elements, the empty ones too.
std::vector<std::string> elements_of(std::string_view list)
{
  std::vector<std::string> elements;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    elements.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return elements;
}

} // namespace

std::uint64_t CTestBacktraces::Texts::index_of(const std::string& text)
{
  const auto [at, added] = known.try_emplace(text, list.size());
  if (added) {
    list.push_back(report::json_text(text));
  }
  return at->second;
}

std::optional<std::uint64_t> CTestBacktraces::add(std::string_view backtrace)
{
  const std::vector<std::string> triples = elements_of(backtrace);
  if (triples.size() % 3 != 0) {
    return std::nullopt;
  }
  std::vector<json::object> calls; // the innermost first
  for (std::size_t at = 0; at < triples.size(); at += 3) {
    json::object& call = calls.emplace_back();
    call["file"] = files_.index_of(triples[at]);
    long line = 0;
    const std::string& number = triples[at + 1];
    std::from_chars(number.data(), number.data() + number.size(), line);
    if (line != 0) {
      call["line"] = line;
    }
    if (!triples[at + 2].empty()) {
      call["command"] = commands_.index_of(triples[at + 2]);
    }
  }
  std::optional<std::uint64_t> node;
  for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
    if (node) {
      (*call)["parent"] = *node;
    }
    node = nodes_.size();
    nodes_.push_back(std::move(*call));
  }
  return node;
}

json::object CTestBacktraces::graph() &&
{
  return {{"commands", std::move(commands_.list)},
          {"files", std::move(files_.list)},
          {"nodes", std::move(nodes_)}};
}

} // namespace winnow::client
