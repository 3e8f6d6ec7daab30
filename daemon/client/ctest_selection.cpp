// ctest's numbers, and what its -E hides.
#include "daemon/client/ctest_selection.hpp"

#include "analyzer/model/cmake_regex.hpp"
#include "daemon/client/ctest_failed_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace winnow::client {

namespace {

namespace fs = std::filesystem;

using Indices = std::vector<std::size_t>;
using Names = std::unordered_set<std::string>;
using Question = std::function<bool(std::size_t)>;

class Selecting {
 public:
  Selecting(std::span<const TestDescription> tests, const CTestFilters& filters,
            const std::string& build_dir, CTestAgreement agreement, const Question& is_out_of_date)
      : tests_(tests),
        filters_(filters),
        build_dir_(build_dir),
        agreement_(agreement),
        is_out_of_date_(is_out_of_date)
  {}

  Result<CTestSelection> select()
  {
    if (Result<Indices> numbered = numbered_tests(); numbered) {
      numbered_ = std::move(*numbered);
    } else {
      return numbered.error();
    }
    const Result<Indices> chosen = filters_.rerun_failed ? failed_before() : chosen_tests();
    const Result<WantedCompanions> wanted = wanted_companions();
    if (!chosen || !wanted) {
      return chosen ? wanted.error() : chosen.error();
    }
    return with_numbers(*chosen, missing_companions(tests_, *chosen, numbered_, *wanted));
  }

 private:
  /// The tests that have a number, in its order.
  [[nodiscard]] Result<Indices> numbered_tests() const
  {
    TestFilters hiding;
    if (filters_.patterns.include.empty()) {
      hiding.exclude = filters_.patterns.exclude;
    }
    return filtered(tests_, hiding);
  }

  [[nodiscard]] Result<Indices> chosen_tests() const
  {
    const Result<Indices> matching = filtered(tests_, filters_.patterns);
    const Result<std::optional<CTestNumbers>> numbers = given_numbers();
    const Result<std::optional<Names>> only = names_in(filters_.names_file);
    const Result<std::optional<Names>> never = names_in(filters_.excluded_names_file);
    if (!matching) {
      return matching.error();
    }
    if (!numbers) {
      return numbers.error();
    }
    if (!only || !never) {
      return only ? never.error() : only.error();
    }
    Indices chosen = *numbers ? among(**numbers, *matching)
                              : (filters_.united ? numbered_ : *matching); // as ctest has it
    std::erase_if(chosen, [&](std::size_t test) {
      const std::string& name = tests_[test].key.name;
      return (*only && !(*only)->contains(name)) || (*never && (*never)->contains(name));
    });
    if (filters_.out_of_date) {
      std::erase_if(chosen, [&](std::size_t test) { return !is_out_of_date_(test); });
    }
    return chosen;
  }

  /// Numbers count within what matches, unless they are united with it.
  [[nodiscard]] Indices among(const CTestNumbers& numbers, const Indices& matching) const
  {
    const Indices& counted = filters_.united ? numbered_ : matching;
    const auto named = numbers.among(static_cast<std::uint32_t>(counted.size()));
    if (!named) {
      return counted;
    }
    Indices chosen;
    for (std::size_t at = 0; at < counted.size(); ++at) {
      if ((*named)[at] || (filters_.united && std::ranges::binary_search(matching, counted[at]))) {
        chosen.push_back(counted[at]);
      }
    }
    return chosen;
  }

  [[nodiscard]] Result<std::optional<CTestNumbers>> given_numbers() const
  {
    std::string text = filters_.numbers;
    if (text.empty()) {
      return std::optional<CTestNumbers>();
    }
    if (std::ifstream file(in_build_dir(text)); file) {
      text.clear();
      std::getline(file, text);
      if (text.ends_with('\r')) {
        text.pop_back();
      }
    }
    Result<CTestNumbers> numbers = parse_ctest_numbers(text);
    if (!numbers) {
      return user_error("-I: " + numbers.error().message);
    }
    return std::optional(std::move(*numbers));
  }

  [[nodiscard]] Result<std::optional<Names>> names_in(const std::string& file_name) const
  {
    if (file_name.empty()) {
      return std::optional<Names>();
    }
    std::ifstream file(in_build_dir(file_name));
    Names names;
    for (std::string line; std::getline(file, line);) {
      if (line.ends_with('\r')) {
        line.pop_back();
      }
      names.insert(std::move(line));
    }
    if (!file.eof()) {
      return user_error(fmt::format("cannot read the test names in {}", in_build_dir(file_name)));
    }
    return std::optional(std::move(names));
  }

  [[nodiscard]] std::string in_build_dir(const std::string& path) const
  {
    return (fs::path(build_dir_) / path).string();
  }

  [[nodiscard]] Result<Indices> failed_before() const
  {
    const auto failed = read_failed_log(build_dir_);
    if (!failed) {
      return numbered_;
    }
    std::unordered_map<std::string_view, Indices> places; // in numbered_
    for (std::size_t at = 0; at < numbered_.size(); ++at) {
      places[tests_[numbered_[at]].key.name].push_back(at);
    }
    std::vector<bool> chosen(numbered_.size());
    for (const FailedBefore& test : *failed) {
      const bool has_number = test.number >= 1 && test.number <= numbered_.size();
      const bool is_same = has_number && tests_[numbered_[test.number - 1]].key.name == test.name;
      if (is_same || (has_number && agreement_ == CTestAgreement::strict)) {
        chosen[test.number - 1] = true;
      } else if (agreement_ != CTestAgreement::strict) {
        for (const std::size_t at : places[test.name]) {
          chosen[at] = true;
        }
      }
    }
    Indices tests;
    for (std::size_t at = 0; at < numbered_.size(); ++at) {
      if (chosen[at]) {
        tests.push_back(numbered_[at]);
      }
    }
    return tests;
  }

  /// With -FA beside another, ctest joins the two so that they mean something else.
  [[nodiscard]] std::string joined(const std::string& own) const
  {
    const std::string& any = filters_.without_fixtures;
    if (any.empty() || own.empty()) {
      return any + own;
    }
    const std::string either = fmt::format("({})|({})", any, own);
    return agreement_ == CTestAgreement::strict ? any + either : either;
  }

  [[nodiscard]] Result<WantedCompanions> wanted_companions() const
  {
    std::shared_ptr<const CMakeRegex> unwanted[2];
    const std::string texts[] = {joined(filters_.without_setups),
                                 joined(filters_.without_cleanups)};
    for (std::size_t kind = 0; kind < std::size(texts); ++kind) {
      if (texts[kind].empty()) {
        continue;
      }
      Result<CMakeRegex> expression = CMakeRegex::compile(texts[kind]);
      if (!expression) {
        return expression.error();
      }
      unwanted[kind] = std::make_shared<const CMakeRegex>(std::move(*expression));
    }
    return WantedCompanions([setups = unwanted[0], cleanups = unwanted[1]](std::string_view fixture,
                                                                           Companion companion) {
      const auto& excluded = companion == Companion::setup ? setups : cleanups;
      return excluded == nullptr || !excluded->matches(fixture);
    });
  }

  [[nodiscard]] CTestSelection with_numbers(Indices in_order,
                                            std::vector<AddedCompanion> added) const
  {
    CTestSelection selection;
    for (const AddedCompanion& companion : added) {
      in_order.push_back(companion.test);
    }
    selection.added = std::move(added);
    selection.numbered = numbered_;
    Indices ascending = in_order;
    std::ranges::sort(ascending);
    auto place = numbered_.begin();
    for (const std::size_t test : ascending) {
      place = std::lower_bound(place, numbered_.end(), test);
      selection.tests.push_back({static_cast<std::uint32_t>(place - numbered_.begin() + 1),
                                 static_cast<std::uint32_t>(test)});
    }
    for (const std::size_t test : in_order) {
      selection.order.push_back(static_cast<std::uint32_t>(
          std::ranges::lower_bound(ascending, test) - ascending.begin()));
    }
    return selection;
  }

  std::span<const TestDescription> tests_;
  const CTestFilters& filters_;
  const std::string& build_dir_;
  CTestAgreement agreement_;
  const Question& is_out_of_date_;
  Indices numbered_;
};

} // namespace

Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const CTestFilters& filters, const std::string& build_dir,
                                    CTestAgreement agreement, const Question& is_out_of_date)
{
  return Selecting(tests, filters, build_dir, agreement, is_out_of_date).select();
}

namespace {

bool share_a_name(const std::vector<std::string>& some, const std::set<std::string>& others)
{
  return std::ranges::any_of(some, [&](const std::string& name) { return others.contains(name); });
}

/// Lets the setups and cleanups of what is left stay, and those of theirs.
void keep_companions(const CTestSelection& selection, std::span<const TestDescription> tests,
                     std::vector<bool>& is_left)
{
  std::set<std::string> fixtures;
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t index = 0; index < is_left.size(); ++index) {
      const TestProperties& properties = tests[selection.tests[index].test].properties;
      if (!is_left[index] && (share_a_name(properties.fixtures_setup, fixtures) ||
                              share_a_name(properties.fixtures_cleanup, fixtures))) {
        is_left[index] = true;
      }
      for (const std::string& fixture : properties.fixtures_required) {
        grows = (is_left[index] && fixtures.insert(fixture).second) || grows;
      }
    }
  }
}

} // namespace

CTestSelection without_done(CTestSelection selection, std::span<const TestDescription> tests,
                            const std::set<std::uint32_t>& numbers, CTestAgreement agreement)
{
  std::vector<bool> is_left(selection.tests.size());
  for (std::size_t index = 0; index < is_left.size(); ++index) {
    is_left[index] = !numbers.contains(selection.tests[index].number);
  }
  if (agreement != CTestAgreement::strict) {
    keep_companions(selection, tests, is_left);
  }
  std::vector<NumberedTest> left;
  std::vector<std::uint32_t> index_of(selection.tests.size());
  for (std::size_t index = 0; index < is_left.size(); ++index) {
    if (is_left[index]) {
      index_of[index] = static_cast<std::uint32_t>(left.size());
      left.push_back(selection.tests[index]);
    } else {
      selection.done.push_back(selection.tests[index]);
    }
  }
  std::vector<std::uint32_t> order;
  for (const std::uint32_t index : selection.order) {
    if (is_left[index]) {
      order.push_back(index_of[index]);
    }
  }
  selection.tests = std::move(left);
  selection.order = std::move(order);
  return selection;
}

} // namespace winnow::client
