// When and at which states of the sources the tests of a project last passed.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// A TestedState at which some test passed. Most states share their long lists.
struct GreenState {
  std::string commit;
  std::string settings;
  std::size_t uncommitted = 0; ///< index into Greens::file_lists
  std::size_t beside_git = 0;  ///< index into Greens::file_lists

  bool operator==(const GreenState&) const = default;
};

/// Where tests were run: clones, worktrees and build trees of one project share its history, and a
/// test that passes in one of them may fail in another.
struct Site {
  std::string branch; ///< "" for runs of no branch, and those whose branch is not known
  std::string build_dir;

  bool operator==(const Site&) const = default;
};

/// Where a test stands at one site. A pass counts as green if it was the first attempt, and the
/// state it was made at is known.
struct Standing {
  std::size_t site = 0;              ///< index into Greens::sites
  Verdict last = Verdict::passed;    ///< the newest one that says whether the test passes
  std::optional<std::size_t> tested; ///< index of the state that had it, unset where not known
  std::int64_t run = 0;              ///< that it comes from; later ones have higher numbers
  std::optional<std::size_t> clean;  ///< index of the newest green state without uncommitted files
  std::optional<std::size_t> dirty;  ///< index of the newest one with some

  bool operator==(const Standing&) const = default;
};

struct Greens {
  std::vector<std::vector<FileVersion>> file_lists; ///< each sorted by path
  std::vector<GreenState> states;
  std::vector<Site> sites;
  std::map<TestKey, std::vector<Standing>> standings; ///< of a test one for each site

  bool operator==(const Greens&) const = default;

  [[nodiscard]] bool is_clean(std::size_t state) const
  {
    return file_lists[states[state].uncommitted].empty();
  }
};

/// Which tests are asked about; of red ones only the verdicts, not where they were green.
enum class GreensOf { all_tests, red_tests };

} // namespace winnow
