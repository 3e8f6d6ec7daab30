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

/// Where a test stands on one branch. A pass counts as green if it was the first attempt, and the
/// state it was made at is known.
struct Standing {
  std::string branch;             ///< "" for runs of no branch, and those whose branch is not known
  Verdict last = Verdict::passed; ///< the newest one
  std::optional<std::size_t> tested; ///< index of the state that had it, unset where not known
  std::int64_t run_started_us = 0;   ///< of the run that it comes from
  std::optional<std::size_t> clean;  ///< index of the newest green state without uncommitted files
  std::optional<std::size_t> dirty;  ///< index of the newest one with some

  bool operator==(const Standing&) const = default;
};

struct Greens {
  std::vector<std::vector<FileVersion>> file_lists; ///< each sorted by path
  std::vector<GreenState> states;
  std::map<TestKey, std::vector<Standing>> standings; ///< of a test one for each branch

  bool operator==(const Greens&) const = default;

  [[nodiscard]] bool is_clean(std::size_t state) const
  {
    return file_lists[states[state].uncommitted].empty();
  }
};

/// Which tests are asked about.
enum class GreensOf { all_tests, red_tests };

} // namespace winnow
