// The wind group of a METAR: "24015G25KT", "VRB03KT", "18004MPS".
#pragma once

#include "metar/metar.hpp"

namespace isobar {

std::optional<MetarWind> parse_wind_group(std::string_view group);

} // namespace isobar
