// build.ninja with all it includes: rules, variables, and every edge.
#pragma once

#include "analyzer/ingest/ninja_scope.hpp"
#include "analyzer/model/error.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// One build statement. Paths stand in the manifest's table, as ninja would use them, unnormalised.
struct NinjaEdge {
  const NinjaRule* rule = nullptr;
  const NinjaScope* scope = nullptr;
  std::uint32_t first_path = 0;
  std::uint32_t explicit_outputs = 0;
  std::uint32_t implicit_outputs = 0;
  std::uint32_t explicit_inputs = 0;
  std::uint32_t implicit_inputs = 0;
  std::uint32_t order_only_inputs = 0;
  std::uint32_t first_binding = 0;
  std::uint32_t bindings = 0;
};

/// Immutable after load(); its views live as long as it does.
class NinjaManifest {
 public:
  /// `path` is absolute; `include` and `subninja` are relative to its directory. Data errors name
  /// file and line.
  static Result<NinjaManifest> load(const std::string& path);

  [[nodiscard]] std::span<const NinjaEdge> edges() const { return edges_; }

  [[nodiscard]] std::span<const std::string_view> outputs(const NinjaEdge& edge) const;
  [[nodiscard]] std::span<const std::string_view> explicit_inputs(const NinjaEdge& edge) const;
  [[nodiscard]] std::span<const std::string_view> implicit_inputs(const NinjaEdge& edge) const;
  [[nodiscard]] std::span<const std::string_view> order_only_inputs(const NinjaEdge& edge) const;

  /// The expanded value of a variable for an edge: its own, else its rule's, else its scope's.
  [[nodiscard]] std::string variable(const NinjaEdge& edge, std::string_view name) const;

  [[nodiscard]] std::string command(const NinjaEdge& edge) const
  {
    return variable(edge, "command");
  }

  /// Every file that was read, absolute, the manifest itself first.
  [[nodiscard]] std::span<const std::string> files() const { return files_; }

 private:
  friend class NinjaManifestParser;

  [[nodiscard]] std::span<const std::string_view> paths(std::size_t first, std::size_t count) const;
  void append_variable(const NinjaEdge& edge, std::string_view name, std::string& out,
                       int& references_left) const;
  void append_paths(std::span<const std::string_view> paths, char separator,
                    std::string& out) const;

  std::vector<std::unique_ptr<const std::string>> texts_; ///< what most views point into
  std::deque<std::string> expanded_;                      ///< what the others point into
  std::deque<NinjaScope> scopes_;
  std::deque<NinjaRule> rules_;
  std::vector<NinjaEdge> edges_;
  std::vector<std::string_view> paths_;
  std::vector<NinjaBinding> bindings_; ///< of edges; expanded
  std::vector<std::string> files_;
};

} // namespace winnow::ingest
