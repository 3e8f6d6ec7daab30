#include "alert/rule.hpp"

#include "text/text.hpp"

namespace isobar {

namespace {

std::optional<Rule::Quantity> parse_quantity(std::string_view text)
{
  if (text == "temperature") {
    return Rule::Quantity::temperature;
  }
  if (text == "pressure") {
    return Rule::Quantity::pressure;
  }
  if (text == "wind") {
    return Rule::Quantity::wind;
  }
  return std::nullopt;
}

double measured(Rule::Quantity quantity, const Conditions& conditions)
{
  switch (quantity) {
  case Rule::Quantity::temperature:
    return conditions.temperature.value;
  case Rule::Quantity::pressure:
    return conditions.pressure.value;
  case Rule::Quantity::wind:
    return conditions.wind.value;
  }
  return 0.0;
}

} // namespace

std::optional<Rule> parse_rule(std::string_view text)
{
  const auto halves = split(text, ':');
  if (halves.size() != 2 || trim(halves[0]).empty()) {
    return std::nullopt;
  }
  const auto condition = words(halves[1]);
  if (condition.size() != 3 || (condition[1] != ">" && condition[1] != "<")) {
    return std::nullopt;
  }
  const auto quantity = parse_quantity(condition[0]);
  const auto threshold = parse_decimal(condition[2]);
  if (!quantity || !threshold) {
    return std::nullopt;
  }
  return Rule{std::string(trim(halves[0])), *quantity,
              condition[1] == ">" ? Rule::Comparison::above : Rule::Comparison::below, *threshold};
}

bool applies(const Rule& rule, const Conditions& conditions)
{
  const double value = measured(rule.quantity, conditions);
  return rule.comparison == Rule::Comparison::above ? value > rule.threshold
                                                    : value < rule.threshold;
}

} // namespace isobar
