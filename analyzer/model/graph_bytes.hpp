// The bytes behind a Graph: how they are held, and their sections as spans.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_format.hpp"
#include "analyzer/model/mapped_file.hpp"
#include "analyzer/model/neighbours.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow {

/// The bytes of an image, however they are held, and its sections as spans.
struct GraphBytes {
  GraphBytes() = default;
  GraphBytes(const GraphBytes&) = delete;
  GraphBytes& operator=(const GraphBytes&) = delete;

  template <class Row>
  [[nodiscard]] std::span<const Row> section(graph_format::Section which) const
  {
    const graph_format::Extent extent = header().sections[which];
    return {reinterpret_cast<const Row*>(bytes.data() + extent.offset), extent.size / sizeof(Row)};
  }

  [[nodiscard]] const graph_format::Header& header() const
  {
    return *reinterpret_cast<const graph_format::Header*>(bytes.data());
  }

  [[nodiscard]] std::string_view text(graph_format::StringRef ref) const
  {
    return {strings.data() + ref.offset, ref.size};
  }

  /// The index of a name in `directories`.
  [[nodiscard]] std::optional<std::uint32_t> number_of_directory(std::string_view name) const;

  /// What has the name in that form, as IncludeRow has it.
  [[nodiscard]] std::span<const std::uint32_t> run_of_include(std::string_view name,
                                                              NameForm form) const;

  /// What keeps a foreign or truncated image from being read; "" if nothing does.
  [[nodiscard]] std::string fault_in_form() const;
  /// What keeps an image of the right form from being trusted; reads all of it.
  [[nodiscard]] std::string fault_in_content() const;
  void bind_sections();

  std::span<const std::byte> bytes;
  std::shared_ptr<const MappedFile> file; ///< set when bytes are a file's
  GraphImage owned;                       ///< set when bytes are in memory

  std::span<const graph_format::FileRow> files;
  std::span<const graph_format::StepRow> steps;
  std::span<const graph_format::TargetRow> targets;
  std::span<const graph_format::TestRow> tests;
  std::span<const std::uint32_t> refs;
  std::span<const graph_format::StringRef> directories;
  std::span<const graph_format::SearchRow> searches;
  std::span<const graph_format::IncludeRow> includes;
  std::span<const graph_format::DefinitionRow> definitions;
  std::span<const graph_format::Run> definition_lists;
  std::span<const std::uint32_t> forward;
  std::span<const PackedNeighbour> forward_neighbours;
  std::span<const std::uint32_t> reverse;
  std::span<const PackedNeighbour> reverse_neighbours;
  std::span<const char> strings;
};

} // namespace winnow
