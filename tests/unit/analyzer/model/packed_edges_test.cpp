// Both directions hold the same edges, each once and in order, whatever order they came in.
#include "analyzer/model/packed_edges.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <stdexcept>
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
      const PackedNeighbour neighbour = adjacency.neighbours[i];
      ends.emplace_back(node, node_in(neighbour), kind_in(neighbour));
    }
  }
  return ends;
}

Adjacency reverse_of(const Adjacency& forward)
{
  Adjacency reverse{transposed_offsets(forward), {}};
  reverse.neighbours.resize(forward.neighbours.size());
  transpose(forward, reverse.offsets, reverse.neighbours);
  return reverse;
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
  std::vector<EdgeList> lists(3);
  std::set<Ends> forward;
  std::set<Ends> reverse;
  for (int i = 0; i < 3000; ++i) {
    const std::uint32_t from = node(random);
    const std::uint32_t to = node(random);
    const auto why = static_cast<EdgeKind>(kind(random));
    lists[static_cast<std::size_t>(i) % lists.size()].add(from, to, why);
    forward.emplace(from, to, why);
    reverse.emplace(to, from, why);
  }
  BOOST_TEST_REQUIRE(forward.size() < 3000U); // some were repeated

  const Adjacency packed = pack_forward(std::move(lists), node_count);

  BOOST_TEST((ends_of(packed) == in_order(forward)));
  BOOST_TEST((ends_of(reverse_of(packed)) == in_order(reverse)));
}

BOOST_AUTO_TEST_CASE(leave_nodes_without_edges_empty)
{
  EdgeList edges;
  edges.add(1, 3, EdgeKind::header);
  const Adjacency packed = pack_forward({edges, {}}, 5);

  BOOST_TEST(packed.offsets == (std::vector<std::uint32_t>{0, 0, 1, 1, 1, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(reverse_of(packed).offsets == (std::vector<std::uint32_t>{0, 0, 0, 0, 1, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_no_nodes_are_empty)
{
  const Adjacency packed = pack_forward({}, 0);

  BOOST_TEST(packed.offsets == std::vector<std::uint32_t>{0}, boost::test_tools::per_element());
  BOOST_TEST(packed.neighbours.empty());
}

BOOST_AUTO_TEST_CASE(refuse_more_nodes_than_can_be_numbered)
{
  EdgeList edges;
  edges.add(most_nodes - 1, 0, EdgeKind::mentioned);
  BOOST_TEST(node_in(edges.starts_of(0)[0]) == most_nodes - 1);
  BOOST_TEST((kind_in(edges.starts_of(0)[0]) == EdgeKind::mentioned));
  BOOST_CHECK_THROW(edges.add(most_nodes, 0, EdgeKind::source), std::length_error);
}

BOOST_AUTO_TEST_SUITE_END()
