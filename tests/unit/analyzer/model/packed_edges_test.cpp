// Both directions hold the same edges, each once and in order, whatever order they came in.
#include "analyzer/model/packed_edges.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <tuple>
#include <vector>

using namespace winnow;

namespace {

using Ends = std::tuple<std::uint32_t, std::uint32_t, EdgeKind>; ///< near end, far end, kind

std::vector<Ends> ends_of(const Adjacency& adjacency)
{
  std::vector<Ends> ends;
  for (std::uint32_t node = 0; node + 1 < adjacency.offsets.size(); ++node) {
    for (std::uint32_t i = adjacency.offsets[node]; i < adjacency.offsets[node + 1]; ++i) {
      ends.emplace_back(node, adjacency.nodes[i], adjacency.kinds[i]);
    }
  }
  return ends;
}

std::vector<Ends> in_order(const std::set<Ends>& ends)
{
  return {ends.begin(), ends.end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(packed_edges)

BOOST_AUTO_TEST_CASE(hold_each_edge_once_and_in_order)
{
  static constexpr std::uint32_t node_count = 40;
  std::mt19937 random(7);
  std::uniform_int_distribution<std::uint32_t> node(0, node_count - 1);
  std::uniform_int_distribution<int> kind(0, 2);
  std::vector<std::vector<PlainEdge>> lists(3);
  std::set<Ends> forward;
  std::set<Ends> reverse;
  for (int i = 0; i < 3000; ++i) {
    const PlainEdge edge{node(random), node(random), static_cast<EdgeKind>(kind(random))};
    lists[static_cast<std::size_t>(i) % lists.size()].push_back(edge);
    forward.emplace(edge.from, edge.to, edge.kind);
    reverse.emplace(edge.to, edge.from, edge.kind);
  }
  BOOST_TEST_REQUIRE(forward.size() < 3000U); // some were repeated

  const PackedEdges packed = pack_edges(std::move(lists), node_count);

  BOOST_TEST((ends_of(packed.forward) == in_order(forward)));
  BOOST_TEST((ends_of(packed.reverse) == in_order(reverse)));
}

BOOST_AUTO_TEST_CASE(leave_nodes_without_edges_empty)
{
  const PackedEdges packed = pack_edges({{{1, 3, EdgeKind::header}}, {}}, 5);

  BOOST_TEST(packed.forward.offsets == (std::vector<std::uint32_t>{0, 0, 1, 1, 1, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(packed.reverse.offsets == (std::vector<std::uint32_t>{0, 0, 0, 0, 1, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_no_nodes_are_empty)
{
  const PackedEdges packed = pack_edges({}, 0);

  BOOST_TEST(packed.forward.offsets == std::vector<std::uint32_t>{0},
             boost::test_tools::per_element());
  BOOST_TEST(packed.forward.nodes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
