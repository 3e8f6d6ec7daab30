// The daemon's directories, from an environment.
#include "analyzer/model/daemon_place.hpp"

#include <string_view>

namespace winnow {
namespace {

std::string absolute_value(const std::vector<std::string>& environment, std::string_view name)
{
  for (const std::string_view variable : environment) {
    if (variable.starts_with(name) && variable.substr(name.size()).starts_with("=/")) {
      return std::string(variable.substr(name.size() + 1));
    }
  }
  return {};
}

} // namespace

DaemonPlace daemon_place(const std::vector<std::string>& environment, std::uint32_t uid)
{
  const std::string runtime = absolute_value(environment, "XDG_RUNTIME_DIR");
  const std::string temporary = absolute_value(environment, "TMPDIR");
  const std::string state = absolute_value(environment, "XDG_STATE_HOME");
  const std::string below_tmp =
      (temporary.empty() ? "/tmp" : temporary) + "/winnow-" + std::to_string(uid);
  DaemonPlace place;
  place.socket_dir = runtime.empty() ? below_tmp : runtime + "/winnow";
  place.state_dir = state.empty() ? absolute_value(environment, "HOME") + "/.local/state/winnow"
                                  : state + "/winnow";
  return place;
}

} // namespace winnow
