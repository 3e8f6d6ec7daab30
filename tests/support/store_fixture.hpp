// A store in a scratch directory, and results to put into it.
#pragma once

#include "daemon/store/store.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

namespace winnow::store {

template <class T>
T required(Result<T> result)
{
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
  return std::move(*result);
}

inline void required(const Result<void>& result)
{
  BOOST_REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
}

inline StoredResult result_of(const std::string& name, std::uint32_t index, Verdict verdict,
                              std::int64_t duration_us = 1000)
{
  StoredResult stored;
  stored.result.key = {"dir", name};
  stored.result.index = index;
  stored.result.verdict = verdict;
  stored.result.duration_us = duration_us;
  return stored;
}

struct StoreFixture {
  tests::ScratchDirectory scratch;
  std::string directory = scratch / "state";
  RunRequest request;
  std::int64_t now_us = 1'800'000'000'000'000;

  StoreFixture()
  {
    request.project = "project";
    request.configuration = "Debug";
    request.build_dir = "/build";
    request.tests.resize(3);
  }

  Store open() const { return required(Store::open(directory)); }
};

} // namespace winnow::store
