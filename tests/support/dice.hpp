// Random numbers by a seed, the same everywhere.
#pragma once

#include <cstdint>
#include <random>

namespace winnow::tests {

/// std::uniform_int_distribution differs between libraries; this does not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most)
  {
    return least +
           static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }

  bool one_in(std::int64_t count) { return between(1, count) == 1; }

 private:
  std::mt19937_64 engine_;
};

} // namespace winnow::tests
