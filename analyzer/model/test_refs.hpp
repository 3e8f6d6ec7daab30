// Some tests of many, where they lie.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <boost/iterator/indirect_iterator.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace winnow {

/// References, in an order of their own: what they refer to has to stay where it is.
class TestRefs {
 public:
  TestRefs() = default;

  TestRefs(std::span<const TestDescription> tests)
  {
    refs_.reserve(tests.size());
    for (const TestDescription& test : tests) {
      refs_.push_back(&test);
    }
  }

  TestRefs(const std::vector<TestDescription>& tests) : TestRefs(std::span(tests)) {}

  void reserve(std::size_t count) { refs_.reserve(count); }

  void add(const TestDescription& test) { refs_.push_back(&test); }

  [[nodiscard]] std::size_t size() const { return refs_.size(); }

  const TestDescription& operator[](std::size_t index) const { return *refs_[index]; }

  [[nodiscard]] auto begin() const { return boost::make_indirect_iterator(refs_.begin()); }

  [[nodiscard]] auto end() const { return boost::make_indirect_iterator(refs_.end()); }

 private:
  std::vector<const TestDescription*> refs_;
};

} // namespace winnow
