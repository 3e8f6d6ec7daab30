// Reads ninja files into a manifest.
#include "analyzer/ingest/ninja_lexer.hpp"
#include "analyzer/ingest/ninja_manifest.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <optional>

namespace winnow::ingest {

class NinjaManifestParser {
 public:
  explicit NinjaManifestParser(const std::string& path)
      : directory_(path.substr(0, path.rfind('/') + 1))
  {
    manifest_.rules_.push_back({.name = "phony", .bindings = {}});
    NinjaScope& top = manifest_.scopes_.emplace_back();
    top.rules.emplace("phony", &manifest_.rules_.back());
  }

  Result<NinjaManifest> run(const std::string& path)
  {
    parse_file(path, manifest_.scopes_.front());
    if (problem_) {
      return *problem_;
    }
    return std::move(manifest_);
  }

 private:
  /// One file that is being read.
  struct Source {
    const std::string& path;
    NinjaLexer lexer;
    NinjaScope& scope;
  };

  bool fail(const Source& source, std::string_view what)
  {
    problem_ = data_error(fmt::format("{}:{}: {}", source.path, source.lexer.line(), what));
    return false;
  }

  bool parse_file(const std::string& path, NinjaScope& scope)
  {
    static constexpr int deepest = 100;
    if (++depth_ > deepest) {
      problem_ = data_error(fmt::format("{} is included by itself", path));
      return false;
    }
    Result<std::string> text = read_text_file(path);
    if (!text) {
      problem_ = text.error();
      return false;
    }
    manifest_.files_.push_back(path);
    manifest_.texts_.push_back(std::make_unique<const std::string>(std::move(*text)));
    const std::string own_path = path;
    Source source{own_path, NinjaLexer(*manifest_.texts_.back()), scope};
    while (source.lexer.next_statement()) {
      if (!parse_statement(source)) {
        return false;
      }
      if (expansion_left_ == 0) {
        return fail(source, "its variables expand to more than 256 MiB");
      }
    }
    --depth_;
    return true;
  }

  bool parse_statement(Source& source)
  {
    const std::string_view keyword = source.lexer.name();
    if (keyword == "build") {
      return parse_edge(source);
    }
    if (keyword.empty()) {
      return fail(source, "expected a statement");
    }
    if (source.lexer.accept("=")) {
      source.scope.variables[keyword] = expanded(source.lexer.value(), source.scope);
      return true;
    }
    if (keyword == "rule") {
      return parse_rule(source);
    }
    if (keyword == "include" || keyword == "subninja") {
      return parse_include(source, keyword == "subninja");
    }
    if (keyword == "default") {
      (void)source.lexer.value();
      return true;
    }
    if (keyword == "pool") {
      (void)source.lexer.value();
      std::vector<NinjaBinding> ignored;
      return parse_bindings(source, ignored);
    }
    return fail(source, fmt::format("unknown statement '{}'", keyword));
  }

  bool parse_bindings(Source& source, std::vector<NinjaBinding>& bindings)
  {
    while (source.lexer.next_binding()) {
      const std::string_view name = source.lexer.name();
      if (name.empty() || !source.lexer.accept("=")) {
        return fail(source, "expected 'name = value'");
      }
      bindings.push_back({name, source.lexer.value()});
    }
    return true;
  }

  bool parse_rule(Source& source)
  {
    const std::string_view name = source.lexer.name();
    if (name.empty() || !source.lexer.accept_line_end()) {
      return fail(source, "expected the name of a rule");
    }
    NinjaRule& rule = manifest_.rules_.emplace_back();
    rule.name = name;
    source.scope.rules[name] = &rule;
    return parse_bindings(source, rule.bindings);
  }

  bool parse_include(Source& source, bool own_scope)
  {
    const std::string_view name = expanded(source.lexer.path(), source.scope);
    if (name.empty() || !source.lexer.accept_line_end()) {
      return fail(source, "expected a path");
    }
    NinjaScope* scope = &source.scope;
    if (own_scope) {
      scope = &manifest_.scopes_.emplace_back();
      scope->parent = &source.scope;
    }
    return parse_file(name.starts_with('/') ? std::string(name) : directory_ + std::string(name),
                      *scope);
  }

  bool parse_edge(Source& source)
  {
    NinjaLexer& lexer = source.lexer;
    NinjaEdge edge;
    edge.scope = &source.scope;
    edge.first_path = static_cast<std::uint32_t>(manifest_.paths_.size());
    edge.explicit_outputs = parse_paths(source);
    if (lexer.accept("|")) {
      edge.implicit_outputs = parse_paths(source);
    }
    if (edge.explicit_outputs + edge.implicit_outputs == 0 || !lexer.accept(":")) {
      return fail(source, "expected outputs and ':'");
    }
    const std::string_view rule = lexer.name();
    edge.rule = source.scope.rule(rule);
    if (!edge.rule) {
      return fail(source, fmt::format("unknown rule '{}'", rule));
    }
    edge.explicit_inputs = parse_paths(source);
    if (!parse_other_inputs(source, edge) || !parse_edge_bindings(source, edge)) {
      return false;
    }
    manifest_.edges_.push_back(edge);
    return true;
  }

  bool parse_other_inputs(Source& source, NinjaEdge& edge)
  {
    NinjaLexer& lexer = source.lexer;
    while (!lexer.accept_line_end()) {
      if (lexer.accept("||")) {
        edge.order_only_inputs += parse_paths(source);
      } else if (lexer.accept("|@")) {
        // Validations run beside the edge; nothing flows from them into it.
        const std::uint32_t count = parse_paths(source);
        manifest_.paths_.resize(manifest_.paths_.size() - count);
      } else if (edge.order_only_inputs == 0 && lexer.accept("|")) {
        edge.implicit_inputs += parse_paths(source);
      } else {
        return fail(source, "expected inputs or the end of the line");
      }
    }
    return true;
  }

  bool parse_edge_bindings(Source& source, NinjaEdge& edge)
  {
    edge.first_binding = static_cast<std::uint32_t>(manifest_.bindings_.size());
    if (!parse_bindings(source, manifest_.bindings_)) {
      return false;
    }
    edge.bindings = static_cast<std::uint32_t>(manifest_.bindings_.size()) - edge.first_binding;
    for (NinjaBinding& binding : std::span(manifest_.bindings_).subspan(edge.first_binding)) {
      binding.value = expanded(binding.value, source.scope);
    }
    return true;
  }

  std::uint32_t parse_paths(Source& source)
  {
    std::uint32_t count = 0;
    for (std::string_view path = source.lexer.path(); !path.empty(); path = source.lexer.path()) {
      manifest_.paths_.push_back(expanded(path, source.scope));
      ++count;
    }
    return count;
  }

  /// `text` itself if there is nothing to expand, as nearly always.
  std::string_view expanded(std::string_view text, const NinjaScope& scope)
  {
    if (text.find('$') == std::string_view::npos) {
      return text;
    }
    std::string& result = manifest_.expanded_.emplace_back();
    expand_ninja_text(text, result, [&](std::string_view name, std::string& out) {
      if (const std::string_view value = scope.variable(name); value.size() <= expansion_left_) {
        expansion_left_ -= value.size();
        out += value;
      } else {
        expansion_left_ = 0;
      }
    });
    return result;
  }

  std::string directory_; ///< with a trailing slash
  NinjaManifest manifest_;
  std::optional<Error> problem_;
  std::size_t expansion_left_ = std::size_t{1} << 28U; ///< bytes; variables may double themselves
  int depth_ = 0;
};

Result<NinjaManifest> NinjaManifest::load(const std::string& path)
{
  return NinjaManifestParser(path).run(path);
}

} // namespace winnow::ingest
