// Reads RESOURCE_GROUPS piece by piece: what may come next depends on the piece before.
#include "analyzer/ingest/resource_groups.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace winnow::ingest {
namespace {

using Groups = std::vector<std::vector<ResourceRequirement>>;

constexpr std::string_view digits = "0123456789";
constexpr std::string_view first_of_kind = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view rest_of_kind = "abcdefghijklmnopqrstuvwxyz_0123456789";
/// The bound keeps hostile counts small.
constexpr std::uint32_t most_groups = 4096;
constexpr std::size_t most_requirements = 100'000;

class GroupReader {
 public:
  explicit GroupReader(std::string_view text) : rest_(text) {}

  std::optional<Groups> read()
  {
    while (!rest_.empty()) {
      if (!piece() || too_many_) {
        return std::nullopt;
      }
    }
    if (after_ == After::separator && !in_group_) {
      return std::move(groups_);
    }
    end_group();
    return too_many_ ? std::nullopt : std::optional(std::move(groups_));
  }

 private:
  enum class After { separator, count, requirement };

  /// Takes one piece off the text; false where it must not stand.
  bool piece()
  {
    if (rest_.front() == ';') {
      take(";");
      // Behind a comma ctest goes on with the same group.
      if (after_ != After::separator) {
        end_group();
      }
      after_ = After::separator;
      in_group_ = false;
      return true;
    }
    if (rest_.front() == ',') {
      const bool allowed = after_ != After::separator;
      take(",");
      after_ = After::separator;
      in_group_ = true;
      return allowed;
    }
    if (after_ != After::separator) {
      return false;
    }
    return digits.find(rest_.front()) != std::string_view::npos ? count() : requirement();
  }

  bool count()
  {
    const std::optional<std::uint32_t> number = this->number(most_groups);
    if (in_group_ || !number) {
      return false;
    }
    count_ = *number;
    after_ = After::count;
    return true;
  }

  bool requirement()
  {
    if (first_of_kind.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    std::string kind(take(rest_of_kind));
    if (!rest_.starts_with(':')) {
      return false;
    }
    rest_.remove_prefix(1);
    const std::optional<std::uint32_t> slots = number(std::numeric_limits<std::int32_t>::max());
    if (!slots) {
      return false;
    }
    group_.push_back({std::move(kind), *slots});
    after_ = After::requirement;
    return true;
  }

  std::optional<std::uint32_t> number(std::uint32_t most)
  {
    const std::string_view text = take(digits);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && value <= most ? std::optional(value) : std::nullopt;
  }

  /// As much as consists of these characters.
  std::string_view take(std::string_view characters)
  {
    const std::size_t size = std::min(rest_.find_first_not_of(characters), rest_.size());
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  void end_group()
  {
    const std::size_t count = std::exchange(count_, 1);
    requirements_ += count * group_.size();
    too_many_ =
        too_many_ || groups_.size() + count > most_groups || requirements_ > most_requirements;
    if (!too_many_) {
      groups_.insert(groups_.end(), count, group_);
    }
    group_.clear();
  }

  std::string_view rest_;
  Groups groups_;
  std::vector<ResourceRequirement> group_;
  std::uint32_t count_ = 1; ///< how many groups are like this one
  After after_ = After::separator;
  bool in_group_ = false; ///< behind a comma
  std::size_t requirements_ = 0;
  bool too_many_ = false;
};

} // namespace

std::optional<Groups> parse_resource_groups(std::string_view text)
{
  return GroupReader(text).read();
}

} // namespace winnow::ingest
