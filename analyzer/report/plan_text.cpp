// A plan for terminals and for scripts.
#include "analyzer/report/plan_text.hpp"

#include "analyzer/report/quantity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace winnow::report {
namespace {

constexpr double bar_width = 30;

std::string headline(const Plan& plan)
{
  std::size_t tests = 0;
  for (const Chunk& chunk : plan.chunks) {
    tests += chunk.tests.size();
  }
  return count_text(tests, "test") + " in " + count_text(plan.chunks.size(), "chunk");
}

std::string prediction(const Plan& plan)
{
  const std::string text =
      fmt::format("predicted {}, lower bound {}", seconds_text(plan.predicted_s),
                  seconds_text(plan.lower_bound_s));
  if (plan.lower_bound_s <= 0) {
    return text;
  }
  const double gap = (plan.predicted_s - plan.lower_bound_s) / plan.lower_bound_s;
  return text + fmt::format(", gap {:.1f} %", std::max(0.0, gap * 100));
}

std::string building(const Plan& plan)
{
  return plan.build_ratio > 0 && plan.chunks.size() > 1
             ? fmt::format("together they build {:.2f} times what one job would\n",
                           plan.build_ratio)
             : "";
}

} // namespace

std::string plan_to_text(const Plan& plan, Color color)
{
  const Paint paint(color);
  std::string text = paint.bold(headline(plan)) + ": " + prediction(plan) + "\n" + building(plan);
  if (plan.chunks.empty()) {
    return text;
  }
  text += "\n" +
          paint.dim(fmt::format("{:>5}  {:>6}  {:>7}  {:>11}", "chunk", "tests", "targets",
                                "predicted")) +
          "\n";
  for (const Chunk& chunk : plan.chunks) {
    const double share = plan.predicted_s > 0 ? chunk.whole_s() / plan.predicted_s : 0;
    const auto filled =
        static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * bar_width));
    text += fmt::format("{:>5}  {:>6}  {:>7}  {:>11}", chunk.index, chunk.tests.size(),
                        chunk.targets.size(), seconds_text(chunk.whole_s()));
    text += (filled == 0 ? "" : "  " + paint.dim(std::string(filled, '='))) + "\n";
  }
  return text;
}

std::string plan_to_names(const Plan& plan, Separator separator)
{
  std::string text;
  for (const Chunk& chunk : plan.chunks) {
    for (const TestKey& test : chunk.tests) {
      append_entry(text, fmt::format("{}\t{}", chunk.index, test.display()), separator);
    }
  }
  return text;
}

} // namespace winnow::report
