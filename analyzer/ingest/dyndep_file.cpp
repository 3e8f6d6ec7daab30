// A subset of the language of build.ninja.
#include "analyzer/ingest/dyndep_file.hpp"

#include "analyzer/ingest/ninja_lexer.hpp"
#include "analyzer/ingest/ninja_scope.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace winnow::ingest {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) {}

  /// Nothing where the text is no dyndep file; line() then tells where.
  std::optional<std::vector<DyndepEdge>> run()
  {
    std::vector<DyndepEdge> edges;
    while (lexer_.next_statement()) {
      const std::string_view keyword = lexer_.name();
      if (keyword == "build") {
        if (!read_edge(edges.emplace_back())) {
          return std::nullopt;
        }
      } else if (!read_binding(keyword)) { // the version, of which there is one
        return std::nullopt;
      }
    }
    return edges;
  }

  [[nodiscard]] std::uint32_t line() const { return lexer_.line(); }

 private:
  bool read_edge(DyndepEdge& edge)
  {
    std::vector<std::string> output = paths();
    if (output.size() != 1) {
      return false;
    }
    edge.output = std::move(output.front());
    edge.outputs = lexer_.accept("|") ? paths() : std::vector<std::string>();
    if (!lexer_.accept(":") || lexer_.name() != "dyndep") {
      return false;
    }
    edge.inputs = lexer_.accept("|") ? paths() : std::vector<std::string>();
    if (!lexer_.accept_line_end()) {
      return false;
    }
    while (lexer_.next_binding()) {
      if (!read_binding(lexer_.name())) {
        return false;
      }
    }
    return true;
  }

  bool read_binding(std::string_view name)
  {
    if (name.empty() || !lexer_.accept("=")) {
      return false;
    }
    (void)lexer_.value();
    return true;
  }

  std::vector<std::string> paths()
  {
    std::vector<std::string> paths;
    for (std::string_view path = lexer_.path(); !path.empty(); path = lexer_.path()) {
      expand_ninja_text(path, paths.emplace_back(), [](std::string_view, std::string&) {});
    }
    return paths;
  }

  NinjaLexer lexer_;
};

} // namespace

Result<std::vector<DyndepEdge>> parse_dyndep(std::string_view text, const std::string& path)
{
  Parser parser(text);
  std::optional<std::vector<DyndepEdge>> edges = parser.run();
  if (!edges) {
    return data_error(fmt::format("{}:{}: this is no dyndep file of ninja", path, parser.line()));
  }
  return std::move(*edges);
}

} // namespace winnow::ingest
