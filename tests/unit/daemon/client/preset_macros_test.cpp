// Macros of preset files, and the conditions that are made of them.
#include "daemon/client/preset_condition.hpp"
#include "daemon/client/preset_macros.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using winnow::client::Expansion;
using winnow::client::judge;
using winnow::client::Judgement;
using winnow::client::PresetCondition;
using winnow::client::replace_macros;
using winnow::client::wrong_macro;
using Outcome = winnow::client::Expansion::Outcome;
using Type = winnow::client::PresetCondition::Type;

namespace {

/// Knows ${a}, and every $env{} and $penv{} with a name.
Expansion look_up(std::string_view space, std::string_view name)
{
  if (space.empty() && name == "a") {
    return {Outcome::replaced, "A"};
  }
  if (space.empty() || name.empty()) {
    return wrong_macro("unknown " + std::string(name));
  }
  return {Outcome::replaced, std::string(space) + ":" + std::string(name)};
}

std::string replaced(std::string_view text)
{
  const Expansion expansion = replace_macros(text, look_up);
  BOOST_TEST(expansion.replaced());
  return expansion.text;
}

PresetCondition of_texts(Type type, std::vector<std::string> texts)
{
  return {type, true, std::move(texts), {}};
}

bool holds(const PresetCondition& condition)
{
  const Judgement judgement = judge(condition, look_up);
  BOOST_TEST((judgement.outcome == Outcome::replaced));
  return judgement.holds;
}

const PresetCondition yes{Type::constant, true, {}, {}};
const PresetCondition no{Type::constant, false, {}, {}};
const PresetCondition wrong = of_texts(Type::equals, {"${b}", ""});

} // namespace

BOOST_AUTO_TEST_SUITE(preset_macros)

BOOST_AUTO_TEST_CASE(are_replaced_where_they_stand)
{
  BOOST_TEST(replaced("") == "");
  BOOST_TEST(replaced("x${a}y${a}") == "xAyA");
  BOOST_TEST(replaced("$env{HOME}/$penv{USER}") == "env:HOME/penv:USER");
}

BOOST_AUTO_TEST_CASE(a_dollar_that_begins_none_stands_for_itself)
{
  for (const char* text :
       {"$", "$$", "a$b", "$env", "$e{x}", "$ENV{x}", "$environment{x}", "{a}", "$ {a}"}) {
    BOOST_TEST(replaced(text) == text);
  }
  BOOST_TEST(replaced("$${a}") == "$${a}"); // as in CMake
  BOOST_TEST(replaced("$$${a}") == "$$A");
}

BOOST_AUTO_TEST_CASE(that_are_wrong_say_so)
{
  BOOST_TEST(replace_macros("x${b}", look_up).text == "unknown b");
  BOOST_TEST(replace_macros("x$env{}", look_up).text == "unknown ");
  BOOST_TEST(replace_macros("x${a", look_up).text == "${a has no closing brace");
  BOOST_TEST((replace_macros("${a", look_up).outcome == Outcome::wrong));
}

BOOST_AUTO_TEST_CASE(of_a_vendor_are_left_to_the_vendor)
{
  BOOST_TEST((replace_macros("${a}$vendor{x}${b}", look_up).outcome == Outcome::vendor));
}

BOOST_AUTO_TEST_CASE(do_not_fill_the_memory)
{
  const auto large = [](std::string_view, std::string_view) {
    return Expansion{Outcome::replaced, std::string(1 << 20, 'x')};
  };
  BOOST_TEST(replace_macros("${a}", large).replaced());
  BOOST_TEST((replace_macros("${a}${a}", large).outcome == Outcome::wrong));
}

BOOST_AUTO_TEST_CASE(decide_conditions)
{
  BOOST_TEST(holds({}));
  BOOST_TEST(holds(yes));
  BOOST_TEST(!holds(no));
  BOOST_TEST(holds(of_texts(Type::equals, {"A", "${a}"})));
  BOOST_TEST(!holds(of_texts(Type::equals, {"a", "${a}"})));
  BOOST_TEST(holds(of_texts(Type::in_list, {"${a}", "B", "A"})));
  BOOST_TEST(!holds(of_texts(Type::in_list, {"${a}"})));
  BOOST_TEST(holds(of_texts(Type::matches, {"x${a}x", "^x[A-Z]"})));
  BOOST_TEST(!holds(of_texts(Type::matches, {"x", "${a}"})));
  BOOST_TEST(!holds({Type::negation, true, {}, {yes}}));
}

BOOST_AUTO_TEST_CASE(decide_as_far_as_a_condition_needs_them)
{
  BOOST_TEST(holds({Type::any_of, true, {}, {no, yes, wrong}}));
  BOOST_TEST(!holds({Type::all_of, true, {}, {yes, no, wrong}}));
  BOOST_TEST(!holds({Type::any_of, true, {}, {}}));
  BOOST_TEST(holds({Type::all_of, true, {}, {}}));
  BOOST_TEST(holds(of_texts(Type::in_list, {"A", "A", "${b}"})));
  const Judgement judgement = judge({Type::any_of, true, {}, {no, wrong, yes}}, look_up);
  BOOST_TEST((judgement.outcome == Outcome::wrong));
  BOOST_TEST(judgement.fault == "unknown b");
}

BOOST_AUTO_TEST_CASE(in_a_condition_may_be_a_vendor_s_or_make_a_wrong_expression)
{
  const PresetCondition vendor = of_texts(Type::equals, {"$vendor{x}", ""});
  BOOST_TEST((judge({Type::negation, true, {}, {vendor}}, look_up).outcome == Outcome::vendor));
  const Judgement judgement = judge(of_texts(Type::matches, {"", "(${a}"}), look_up);
  BOOST_TEST((judgement.outcome == Outcome::wrong));
  BOOST_TEST(judgement.fault.find("(A") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
