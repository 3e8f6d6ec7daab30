// The layout of a graph image, shared by its writer and its reader.
//
// An image is a Header, then the sections, each aligned to 8 bytes, in native (little-endian) byte
// order:
//   files    FileRow[files]          ordered by path
//   steps    StepRow[steps]
//   targets  TargetRow[targets]      ordered by name, then directory
//   tests    TestRow[tests]          ordered by (directory, name)
//   refs     u32[]                   runs named by rows: artifacts and includers (FileId; NodeId
//                                    where the form is word), targets of tests (TargetId),
//                                    directories of searches and definitions
//   directories  StringRef[]         ordered by name
//   searches SearchRow[]
//   definitions  DefinitionRow[]     of each list in the order of its commands
//   definition_lists  Run[]          runs of definitions, not of refs
//   includes IncludeRow[]            ordered by name, then form
//   forward  u32[nodes + 1]          offsets into forward_neighbours
//   forward_neighbours  PackedNeighbour[edges]: dependents of each node, ordered
//   reverse, reverse_neighbours: dependencies of each node
//   strings  char[]                  what StringRef names; not terminated
// Nodes are numbered files, then steps, then tests. Offsets count from the start of the image.
// The checksum is XXH3-64 over the sections, seeded with that of the header whose checksum is zero.
// A reader checks that every section lies inside the image; rows are trusted after the checksum,
// but for images from elsewhere (graph_rows.hpp). Rejected: a parse into heap structures (seconds
// at ten million edges) and varint-packed edges (a third of the size, but no span to traverse).
#pragma once

#include "analyzer/model/content_hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace winnow::graph_format {

inline constexpr std::array<char, 8> magic{'W', 'I', 'N', 'N', 'O', 'W', 'G', '\n'};
inline constexpr std::uint32_t version = 9;
inline constexpr std::uint32_t none = 0xffffffff; ///< "no target", "no step"

enum Section : std::uint32_t {
  files,
  steps,
  targets,
  tests,
  refs,
  directories,
  searches,
  includes,
  definitions,
  definition_lists,
  forward,
  forward_neighbours,
  reverse,
  reverse_neighbours,
  strings,
  section_count
};

struct Extent {
  std::uint64_t offset;
  std::uint64_t size; ///< in bytes
};

struct StringRef {
  std::uint32_t offset; ///< into strings
  std::uint32_t size;
};

struct Run {
  std::uint32_t offset; ///< into refs
  std::uint32_t count;
};

/// The fields of GraphOrigin, in its order.
inline constexpr std::size_t origin_count = 8;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t header_size;
  std::uint64_t image_size;
  std::uint64_t checksum;
  std::array<StringRef, origin_count> origin;
  std::array<Extent, section_count> sections;
};

struct FileRow {
  StringRef path;
  std::uint32_t producer; ///< StepId or none
  ContentHash hash;
};

struct StepRow {
  std::uint64_t fingerprint;
  StringRef rule;
  std::uint32_t target;
  std::uint32_t search; ///< SearchId or none
  std::uint8_t kind;
  std::uint8_t headers;
  std::uint16_t built_by_default; ///< 0 or 1
  std::uint32_t definitions;      ///< DefinitionsId or none
  std::uint64_t frame_fingerprint;
};

struct DefinitionRow {
  StringRef name;
  std::uint64_t value;
  Run directories;
};

struct SearchRow {
  Run directories;
  std::uint32_t first_angled;
  std::uint32_t reserved;
};

struct IncludeRow {
  StringRef name;
  Run includers;
  std::uint32_t form;
  std::uint32_t reserved;
};

struct TargetRow {
  StringRef name;
  StringRef type;
  StringRef directory;
  Run artifacts;
};

struct TestRow {
  std::uint64_t fingerprint;
  StringRef directory;
  StringRef name;
  StringRef source_directory;
  StringRef defined_at;
  Run targets;
  std::uint8_t mapping;
  std::uint8_t origin;
  std::uint16_t reserved;
  std::uint32_t reserved_too;
};

static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);
static_assert(std::has_unique_object_representations_v<FileRow> && sizeof(FileRow) == 32);
static_assert(std::has_unique_object_representations_v<StepRow> && sizeof(StepRow) == 40);
static_assert(std::has_unique_object_representations_v<DefinitionRow> &&
              sizeof(DefinitionRow) == 24);
static_assert(std::has_unique_object_representations_v<SearchRow> && sizeof(SearchRow) == 16);
static_assert(std::has_unique_object_representations_v<IncludeRow> && sizeof(IncludeRow) == 24);
static_assert(std::has_unique_object_representations_v<TargetRow> && sizeof(TargetRow) == 32);
static_assert(std::has_unique_object_representations_v<TestRow> && sizeof(TestRow) == 56);

/// The checksum `image` should carry; it starts with a Header.
std::uint64_t checksum_of(std::span<const std::byte> image);

} // namespace winnow::graph_format
