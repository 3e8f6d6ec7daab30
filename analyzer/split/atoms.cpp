// Follows fixtures and DEPENDS from each test.
#include "analyzer/split/atoms.hpp"

#include "analyzer/schedule/test_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace winnow::split {
namespace {

using Indices = std::vector<std::uint32_t>;

void sort_unique(Indices& indices)
{
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
}

class Joined {
 public:
  explicit Joined(std::size_t size) : parent_(size)
  {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t root(std::uint32_t test)
  {
    while (parent_[test] != test) {
      test = parent_[test] = parent_[parent_[test]];
    }
    return test;
  }

  void join(std::uint32_t left, std::uint32_t right)
  {
    left = root(left);
    right = root(right);
    parent_[std::max(left, right)] = std::min(left, right);
  }

 private:
  Indices parent_;
};

/// The fixtures, with what each test needs of them.
class FixtureNeeds {
 public:
  explicit FixtureNeeds(std::span<const TestDescription> tests)
      : order_(schedule::order_of(tests)), fixtures_of_(tests.size()), is_companion_(tests.size())
  {
    for (std::uint32_t fixture = 0; fixture < order_.fixtures.size(); ++fixture) {
      const schedule::Fixture& of = order_.fixtures[fixture];
      for (const Indices* tests_of : {&of.setups, &of.users, &of.cleanups}) {
        for (const std::uint32_t test : *tests_of) {
          fixtures_of_[test].push_back(fixture);
        }
      }
    }
    for (std::uint32_t test = 0; test < tests.size(); ++test) {
      if (tests[test].properties->disabled) {
        fixtures_of_[test].clear();
        order_.depends[test].clear();
      }
    }
    for (const schedule::Fixture& fixture : order_.fixtures) {
      mark(fixture.setups);
      mark(fixture.cleanups);
    }
  }

  [[nodiscard]] bool is_companion(std::uint32_t test) const { return is_companion_[test]; }

  [[nodiscard]] const Indices& depends(std::uint32_t test) const { return order_.depends[test]; }

  /// The companions that a test needs beside it; for a companion, itself included.
  [[nodiscard]] Indices companions_of(std::uint32_t test) const
  {
    Indices found;
    if (is_companion_[test]) {
      found.push_back(test);
    }
    add_needs(test, found);
    for (std::size_t next = is_companion_[test] ? 1 : 0; next < found.size(); ++next) {
      add_needs(found[next], found);
    }
    sort_unique(found);
    return found;
  }

 private:
  /// A companion, and what it comes after, goes wherever it is needed.
  void mark(const Indices& companions)
  {
    Indices pending = companions;
    while (!pending.empty()) {
      const std::uint32_t test = pending.back();
      pending.pop_back();
      if (!is_companion_[test]) {
        is_companion_[test] = true;
        pending.insert(pending.end(), order_.depends[test].begin(), order_.depends[test].end());
      }
    }
  }

  void add_needs(std::uint32_t test, Indices& found) const
  {
    const auto add = [&](const Indices& companions) {
      for (const std::uint32_t companion : companions) {
        if (companion != test && is_companion_[companion] &&
            std::find(found.begin(), found.end(), companion) == found.end()) {
          found.push_back(companion);
        }
      }
    };
    for (const std::uint32_t fixture : fixtures_of_[test]) {
      add(order_.fixtures[fixture].setups);
      add(order_.fixtures[fixture].cleanups);
    }
    add(order_.depends[test]);
  }

  schedule::TestOrder order_;
  std::vector<Indices> fixtures_of_;
  std::vector<bool> is_companion_;
};

/// Companions that no atom needs still have to be somewhere: one atom for each set of them.
void add_unneeded(const FixtureNeeds& needs, std::size_t test_count, std::vector<Atom>& atoms)
{
  std::vector<bool> is_needed(test_count, false);
  const auto note = [&](const Indices& companions) {
    for (const std::uint32_t companion : companions) {
      is_needed[companion] = true;
    }
  };
  for (const Atom& atom : atoms) {
    note(atom.companions);
  }
  for (std::uint32_t test = 0; test < test_count; ++test) {
    if (needs.is_companion(test) && !is_needed[test]) {
      atoms.push_back({{}, needs.companions_of(test)});
      note(atoms.back().companions);
    }
  }
}

} // namespace

std::vector<Atom> atoms_of(std::span<const TestDescription> tests)
{
  const FixtureNeeds needs(tests);
  const auto count = static_cast<std::uint32_t>(tests.size());
  Joined joined(count);
  for (std::uint32_t test = 0; test < count; ++test) {
    for (const std::uint32_t earlier : needs.depends(test)) {
      if (!needs.is_companion(test) && !needs.is_companion(earlier)) {
        joined.join(test, earlier);
      }
    }
  }
  std::vector<Atom> atoms;
  std::vector<std::uint32_t> atom_of(count);
  for (std::uint32_t test = 0; test < count; ++test) {
    if (needs.is_companion(test)) {
      continue;
    }
    const std::uint32_t root = joined.root(test);
    if (root == test) {
      atom_of[test] = static_cast<std::uint32_t>(atoms.size());
      atoms.emplace_back();
    }
    Atom& atom = atoms[atom_of[root]];
    atom.tests.push_back(test);
    const Indices companions = needs.companions_of(test);
    atom.companions.insert(atom.companions.end(), companions.begin(), companions.end());
  }
  for (Atom& atom : atoms) {
    sort_unique(atom.companions);
  }
  add_unneeded(needs, tests.size(), atoms);
  return atoms;
}

std::vector<Atom> join_small_users(std::vector<Atom> atoms,
                                   std::span<const std::int64_t> durations_us,
                                   std::int64_t small_us, std::size_t max_tests)
{
  const auto time_of = [&](const Indices& tests) {
    return std::accumulate(
        tests.begin(), tests.end(), std::int64_t{0},
        [&](std::int64_t sum, std::uint32_t test) { return sum + durations_us[test]; });
  };

  struct Users {
    std::vector<std::size_t> atoms;
    std::int64_t time_us = 0;
    std::size_t count = 0;
  };

  std::map<Indices, Users> by_companions;
  for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
    if (!atoms[atom].companions.empty()) {
      Users& users = by_companions[atoms[atom].companions];
      users.atoms.push_back(atom);
      users.time_us += time_of(atoms[atom].tests);
      users.count += atoms[atom].tests.size();
    }
  }
  std::vector<bool> is_joined(atoms.size(), false);
  for (const auto& [companions, users] : by_companions) {
    const bool is_small = users.time_us <= std::max(small_us, time_of(companions));
    if (!is_small || users.count + companions.size() > max_tests) {
      continue;
    }
    Atom& first = atoms[users.atoms.front()];
    for (std::size_t next = 1; next < users.atoms.size(); ++next) {
      const Indices& tests = atoms[users.atoms[next]].tests;
      first.tests.insert(first.tests.end(), tests.begin(), tests.end());
      is_joined[users.atoms[next]] = true;
    }
    std::sort(first.tests.begin(), first.tests.end());
  }
  std::vector<Atom> kept;
  for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
    if (!is_joined[atom]) {
      kept.push_back(std::move(atoms[atom]));
    }
  }
  return kept;
}

} // namespace winnow::split
