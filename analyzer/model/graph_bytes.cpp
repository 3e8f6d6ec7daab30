// Checks the bytes of a graph once, and finds its sections.
#include "analyzer/model/graph_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace winnow {

namespace format = graph_format;

std::string GraphBytes::fault_in_form() const
{
  if (bytes.size() < sizeof(format::Header) ||
      std::memcmp(bytes.data(), format::magic.data(), format::magic.size()) != 0) {
    return "it is not a graph file";
  }
  if (header().version != format::version) {
    return fmt::format("it has format version {}, this winnow reads {}", header().version,
                       format::version);
  }
  if (header().header_size != sizeof(format::Header) || header().image_size != bytes.size()) {
    return fmt::format("it is truncated: {} of {} bytes", bytes.size(), header().image_size);
  }
  for (const format::Extent& extent : header().sections) {
    if (extent.offset % 8 != 0 || extent.offset > bytes.size() ||
        extent.size > bytes.size() - extent.offset) {
      return "a section lies outside of it";
    }
  }
  return {};
}

std::string GraphBytes::fault_in_content() const
{
  return format::checksum_of(bytes) == header().checksum ? "" : "its checksum does not match";
}

std::optional<std::uint32_t> GraphBytes::number_of_directory(std::string_view name) const
{
  const auto known = std::ranges::lower_bound(
      directories, name, {}, [&](format::StringRef directory) { return text(directory); });
  return known == directories.end() || text(*known) != name
             ? std::nullopt
             : std::optional(static_cast<std::uint32_t>(known - directories.begin()));
}

void GraphBytes::bind_sections()
{
  files = section<format::FileRow>(format::files);
  steps = section<format::StepRow>(format::steps);
  targets = section<format::TargetRow>(format::targets);
  tests = section<format::TestRow>(format::tests);
  refs = section<std::uint32_t>(format::refs);
  directories = section<format::StringRef>(format::directories);
  searches = section<format::SearchRow>(format::searches);
  includes = section<format::IncludeRow>(format::includes);
  definitions = section<format::DefinitionRow>(format::definitions);
  definition_lists = section<format::Run>(format::definition_lists);
  forward = section<std::uint32_t>(format::forward);
  forward_neighbours = section<PackedNeighbour>(format::forward_neighbours);
  reverse = section<std::uint32_t>(format::reverse);
  reverse_neighbours = section<PackedNeighbour>(format::reverse_neighbours);
  strings = section<char>(format::strings);
}

} // namespace winnow
