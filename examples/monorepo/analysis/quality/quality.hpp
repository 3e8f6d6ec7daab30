// Which samples of a temperature series deserve trust.
#pragma once

#include <vector>

#include "series/series.hpp"
#include "units/units.hpp"

namespace isobar {

enum class Verdict { good, suspect, wrong };

/// Wrong outside of what was ever measured on earth, suspect near it.
Verdict check_limits(Celsius temperature);
Verdict check_limits(Hectopascal pressure);
Verdict check_limits(MetersPerSecond wind);

/// Suspect: samples that leave both neighbours by more than `jump` to the same side.
std::vector<Verdict> check_spikes(const Series<Celsius>& series, Celsius jump);

/// Suspect: samples of a stretch of at least `length` samples that do not differ at all,
/// as a frozen instrument reports them.
std::vector<Verdict> check_persistence(const Series<Celsius>& series, std::size_t length);

} // namespace isobar
