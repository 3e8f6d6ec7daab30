// Which instance of one kind serves which requirement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace winnow::schedule {

/// For each requirement the index of an instance, so that no instance has to give more slots than
/// are free; nothing if there is no such assignment, or none is found in a million steps. More than
/// ten thousand requirements are not looked at.
///
/// The assignment is ctest's: requirements from the largest down, those of one size in their order;
/// each takes from the instance with the most free slots, of those the one that got there first,
/// and tries the others where the rest then finds no place.
std::optional<std::vector<std::size_t>> assign_slots(const std::vector<std::uint32_t>& free,
                                                     const std::vector<std::uint32_t>& required);

} // namespace winnow::schedule
