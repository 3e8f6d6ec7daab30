// Writes a graph image: orders the parts, renumbers what refers to them, and packs the edges.
#include "analyzer/model/graph_layout.hpp"

#include "analyzer/model/graph_format.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>

namespace winnow {
namespace {

namespace format = graph_format;

/// A permutation: where each collected item goes, and which item stands at each place.
struct Order {
  std::vector<std::uint32_t> place_of;
  std::vector<std::uint32_t> item_at;
};

template <class Less>
Order order_by(std::size_t count, Less less)
{
  Order order;
  order.item_at.resize(count);
  std::iota(order.item_at.begin(), order.item_at.end(), 0U);
  std::ranges::stable_sort(order.item_at, less);
  order.place_of.resize(count);
  for (std::uint32_t place = 0; place < count; ++place) {
    order.place_of[order.item_at[place]] = place;
  }
  return order;
}

/// One direction of all edges: neighbours of node n are at offsets[n] … offsets[n + 1].
struct Adjacency {
  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> nodes;
  std::vector<EdgeKind> kinds;
};

using Edge = GraphParts::Edge;

Adjacency pack(std::vector<Edge>& edges, std::size_t node_count)
{
  const auto position = [](const Edge& edge) { return std::tuple(edge.from, edge.to, edge.kind); };
  std::ranges::sort(edges, {}, position);
  const auto repeated = std::ranges::unique(edges, {}, position);
  edges.erase(repeated.begin(), repeated.end());

  Adjacency adjacency;
  adjacency.offsets.assign(node_count + 1, 0);
  adjacency.nodes.reserve(edges.size());
  adjacency.kinds.reserve(edges.size());
  for (const Edge& edge : edges) {
    ++adjacency.offsets[edge.from + 1];
    adjacency.nodes.push_back(edge.to);
    adjacency.kinds.push_back(edge.kind);
  }
  std::partial_sum(adjacency.offsets.begin(), adjacency.offsets.end(), adjacency.offsets.begin());
  return adjacency;
}

class Layout {
 public:
  explicit Layout(const GraphParts& parts)
      : parts_(parts),
        files_(order_by(parts.files.size(),
                        [&](std::uint32_t a, std::uint32_t b) {
                          return parts.files[a].path < parts.files[b].path;
                        })),
        targets_(order_by(parts.targets.size(),
                          [&](std::uint32_t a, std::uint32_t b) {
                            const TargetRecord& x = parts.targets[a];
                            const TargetRecord& y = parts.targets[b];
                            return std::tie(x.name, x.directory) < std::tie(y.name, y.directory);
                          })),
        tests_(order_by(parts.tests.size(), [&](std::uint32_t a, std::uint32_t b) {
          return parts.tests[a].key < parts.tests[b].key;
        }))
  {}

  GraphImage write()
  {
    write_files();
    write_steps();
    write_targets();
    write_tests();
    write_edges();
    return assemble();
  }

 private:
  format::StringRef text(std::string_view value)
  {
    if (value.size() > std::numeric_limits<std::uint32_t>::max() - strings_.size()) {
      throw std::length_error("a graph holds at most 4 GiB of names");
    }
    const format::StringRef ref{static_cast<std::uint32_t>(strings_.size()),
                                static_cast<std::uint32_t>(value.size())};
    strings_ += value;
    return ref;
  }

  template <class Tag>
  format::Run run(const std::vector<Id<Tag>>& ids, const Order& order)
  {
    const format::Run run{static_cast<std::uint32_t>(refs_.size()),
                          static_cast<std::uint32_t>(ids.size())};
    for (const Id<Tag> id : ids) {
      refs_.push_back(order.place_of[id.value]);
    }
    return run;
  }

  void write_files()
  {
    for (const std::uint32_t item : files_.item_at) {
      const GraphParts::File& file = parts_.files[item];
      file_rows_.push_back(
          {text(file.path), file.producer ? file.producer->value : format::none, file.hash});
    }
  }

  void write_steps()
  {
    for (const StepRecord& step : parts_.steps) {
      step_rows_.push_back({step.fingerprint, text(step.rule),
                            step.target ? targets_.place_of[step.target->value] : format::none,
                            static_cast<std::uint8_t>(step.kind),
                            static_cast<std::uint8_t>(step.headers), 0});
    }
  }

  void write_targets()
  {
    for (const std::uint32_t item : targets_.item_at) {
      const TargetRecord& target = parts_.targets[item];
      target_rows_.push_back({text(target.name), text(target.type), text(target.directory),
                              run(target.artifacts, files_)});
    }
  }

  void write_tests()
  {
    for (const std::uint32_t item : tests_.item_at) {
      const TestRecord& test = parts_.tests[item];
      test_rows_.push_back({test.fingerprint, text(test.key.directory), text(test.key.name),
                            text(test.source_directory), text(test.defined_at),
                            run(test.targets, targets_), static_cast<std::uint8_t>(test.mapping),
                            static_cast<std::uint8_t>(test.origin), 0, 0});
    }
  }

  void write_edges()
  {
    const auto file = [&](std::uint32_t id) { return files_.place_of[id]; };
    const auto step = [&](std::uint32_t id) {
      return static_cast<std::uint32_t>(parts_.files.size()) + id;
    };
    const auto test = [&](std::uint32_t id) {
      return static_cast<std::uint32_t>(parts_.files.size() + parts_.steps.size()) +
             tests_.place_of[id];
    };
    std::vector<Edge> edges;
    edges.reserve(parts_.file_to_step.size() + parts_.step_to_file.size() +
                  parts_.file_to_test.size() + parts_.test_to_test.size());
    for (const Edge& edge : parts_.file_to_step) {
      edges.push_back({file(edge.from), step(edge.to), edge.kind});
    }
    for (const Edge& edge : parts_.step_to_file) {
      edges.push_back({step(edge.from), file(edge.to), edge.kind});
    }
    for (const Edge& edge : parts_.file_to_test) {
      edges.push_back({file(edge.from), test(edge.to), edge.kind});
    }
    for (const Edge& edge : parts_.test_to_test) {
      edges.push_back({test(edge.from), test(edge.to), edge.kind});
    }
    const std::size_t nodes = parts_.files.size() + parts_.steps.size() + parts_.tests.size();
    forward_ = pack(edges, nodes);
    for (Edge& edge : edges) {
      std::swap(edge.from, edge.to);
    }
    reverse_ = pack(edges, nodes);
  }

  template <class Row>
  void append(format::Section which, const Row* rows, std::size_t count)
  {
    image_.resize((image_.size() + 7) / 8 * 8);
    const std::size_t offset = image_.size();
    const std::size_t size = count * sizeof(Row);
    header_.sections[which] = {offset, size};
    image_.resize(offset + size);
    if (size > 0) {
      std::memcpy(image_.data() + offset, rows, size);
    }
  }

  void append(const Adjacency& adjacency, format::Section offsets, format::Section nodes,
              format::Section kinds)
  {
    append(offsets, adjacency.offsets.data(), adjacency.offsets.size());
    append(nodes, adjacency.nodes.data(), adjacency.nodes.size());
    append(kinds, adjacency.kinds.data(), adjacency.kinds.size());
  }

  GraphImage assemble()
  {
    const GraphOrigin& origin = parts_.origin;
    header_.origin = {text(origin.project),        text(origin.commit),
                      text(origin.generator),      text(origin.configuration),
                      text(origin.compiler),       text(origin.build_stamp),
                      text(origin.winnow_version), text(origin.configure_reads)};
    image_.resize(sizeof(format::Header));
    append(format::files, file_rows_.data(), file_rows_.size());
    append(format::steps, step_rows_.data(), step_rows_.size());
    append(format::targets, target_rows_.data(), target_rows_.size());
    append(format::tests, test_rows_.data(), test_rows_.size());
    append(format::refs, refs_.data(), refs_.size());
    append(forward_, format::forward, format::forward_nodes, format::forward_kinds);
    append(reverse_, format::reverse, format::reverse_nodes, format::reverse_kinds);
    append(format::strings, strings_.data(), strings_.size());

    header_.magic = format::magic;
    header_.version = format::version;
    header_.header_size = sizeof(format::Header);
    header_.image_size = image_.size();
    std::memcpy(image_.data(), &header_, sizeof header_);
    header_.checksum = format::checksum_of(image_);
    std::memcpy(image_.data(), &header_, sizeof header_);
    return std::make_shared<const std::vector<std::byte>>(std::move(image_));
  }

  const GraphParts& parts_;
  Order files_;
  Order targets_;
  Order tests_;
  format::Header header_{};
  std::vector<format::FileRow> file_rows_;
  std::vector<format::StepRow> step_rows_;
  std::vector<format::TargetRow> target_rows_;
  std::vector<format::TestRow> test_rows_;
  std::vector<std::uint32_t> refs_;
  Adjacency forward_;
  Adjacency reverse_;
  std::string strings_;
  std::vector<std::byte> image_;
};

} // namespace

GraphImage lay_out(const GraphParts& parts)
{
  return Layout(parts).write();
}

} // namespace winnow
