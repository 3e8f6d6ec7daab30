// Fuzzes graph files, behind their checksum, which is made right, and what is carried of them.
#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_builder.hpp"
#include "analyzer/model/graph_format.hpp"
#include "analyzer/model/packed_image.hpp"
#include "tests/fuzz/fuzz_input.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

using namespace winnow;

namespace {

/// A library, a program and a test of it.
GraphImage sound_image()
{
  GraphBuilder builder;
  builder.origin = {"project", "commit", "Ninja", "Debug", "compiler", "stamp", "version"};
  const FileId library = builder.file("@build/liba.a");
  const TargetId target = builder.add_target({"a", "STATIC_LIBRARY", ".", {library}});
  const StepId archive =
      builder.add_step({StepKind::archive, HeaderList::not_applicable, target, "AR", 1});
  builder.add_input(builder.file("a.cpp"), archive, EdgeKind::source);
  builder.add_input(builder.file("a.h"), archive, EdgeKind::header);
  builder.add_output(archive, library);
  builder.step(archive).search = builder.search({{"", "include"}, 1});
  builder.step(archive).definitions = builder.definitions({{"A", 1, {"data"}}, {"B", 2, {}}});
  builder.add_include(builder.file("a.cpp"), NameForm::quoted, "a.h");
  return builder.finish();
}

/// The input is a list of (u16 offset, u8 count, count bytes) written over a sound image, so that
/// it means the same in every version of the format. Of an offset beyond the end the image is cut.
void damage(std::vector<std::byte>& image, const std::uint8_t* data, std::size_t size)
{
  for (std::size_t at = 0; at + 3 <= size;) {
    const std::size_t offset = data[at] + 256U * data[at + 1];
    const std::size_t count = std::min<std::size_t>(data[at + 2], size - at - 3);
    if (offset + count > image.size()) {
      image.resize(image.size() - std::min(image.size(), offset % 64));
    } else {
      std::memcpy(image.data() + offset, data + at + 3, count);
    }
    at += 3 + count;
  }
}

GraphImage damaged_image(const std::uint8_t* data, std::size_t size)
{
  static const GraphImage sound = sound_image();
  std::vector<std::byte> image(sound->begin(), sound->end());
  damage(image, data, size);
  if (image.size() >= sizeof(graph_format::Header)) {
    graph_format::Header header{};
    std::memcpy(&header, image.data(), sizeof header);
    header.image_size = image.size();
    header.checksum = 0;
    std::memcpy(image.data(), &header, sizeof header);
    header.checksum = graph_format::checksum_of(image);
    std::memcpy(image.data(), &header, sizeof header);
  }
  return std::make_shared<const std::vector<std::byte>>(std::move(image));
}

void read_nodes(const Graph& graph)
{
  for (std::uint32_t i = 0; i < graph.file_count(); ++i) {
    (void)graph.find_file(graph.path(FileId{i}));
    (void)graph.is_output(FileId{i});
    for (const Neighbour user : graph.dependents(graph.node(FileId{i}))) {
      (void)graph.kind(user.node);
    }
  }
  for (std::uint32_t i = 0; i < graph.step_count(); ++i) {
    (void)graph.rule(StepId{i});
    for (const Definition& definition : graph.definitions(StepId{i})) {
      (void)definition.name.size();
    }
    (void)graph.step_kind(StepId{i});
    (void)graph.header_list(StepId{i});
    (void)graph.target_of(StepId{i});
    for (const Neighbour input : graph.dependencies(graph.node(StepId{i}))) {
      (void)name_of(input.kind).name;
    }
  }
}

void read_tests_and_targets(const Graph& graph)
{
  for (std::uint32_t i = 0; i < graph.target_count(); ++i) {
    (void)graph.find_target(graph.target_name(TargetId{i}));
    (void)graph.target_type(TargetId{i});
    for (const FileId artifact : graph.artifacts(TargetId{i})) {
      (void)graph.path(artifact);
    }
  }
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    (void)graph.find_test(graph.key(TestId{i}));
    (void)graph.mapping(TestId{i});
    (void)graph.test_origin(TestId{i});
    (void)graph.defined_at(TestId{i});
    for (const TargetId target : graph.targets(TestId{i})) {
      (void)graph.target_name(target);
    }
  }
}

/// Where the frame of what is carried begins.
constexpr std::size_t checksum_end = 32;

/// The same damage to what is carried.
void read_packed(const std::uint8_t* data, std::size_t size)
{
  static const std::vector<std::byte> sound = pack_image(*sound_image());
  std::vector<std::byte> packed = sound;
  damage(packed, data, size);
  if (packed.size() > checksum_end) { // made right, so that the frame is read
    const std::uint64_t checksum =
        XXH3_64bits(packed.data() + checksum_end, packed.size() - checksum_end);
    std::memcpy(packed.data() + checksum_end - sizeof checksum, &checksum, sizeof checksum);
  }
  for (const std::span<const std::byte> bytes :
       {std::span<const std::byte>(packed), std::as_bytes(std::span(data, size))}) {
    if (!is_packed_image(bytes)) {
      continue;
    }
    const Result<GraphImage> image = unpack_image(bytes);
    if (image && Graph::from_image(*image, GraphSource::elsewhere)) {
      (void)(*image)->size();
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  read_packed(data, size);
  if (const auto graph = Graph::from_image(damaged_image(data, size), GraphSource::elsewhere)) {
    (void)graph->origin();
    read_nodes(*graph);
    read_tests_and_targets(*graph);
  }
  return 0;
}
