// Where a CI system keeps the builds of a repository, and by which right they are asked for.
#pragma once

#include "analyzer/model/error.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::ci {

enum class System { azure, github, gitlab };

/// The one of that name, in small letters; nothing for other words.
std::optional<System> system_called(std::string_view name);

/// How the token is shown.
enum class Credential {
  bearer,       ///< Authorization: Bearer
  password,     ///< HTTP Basic, without a user
  private_token ///< PRIVATE-TOKEN, of GitLab
};

struct Place {
  System system = System::github;
  std::string api;      ///< without a slash at the end
  std::string project;  ///< "owner/name", a number, or Azure's name of a project
  std::string pipeline; ///< a workflow's file, Azure's definition; "" where the system needs none
  std::string branch;   ///< without refs/heads/
  std::string token;
  Credential credential = Credential::bearer;
};

/// What the user said of it; "" where the surroundings must tell.
struct Wanted {
  std::string branch;
  std::string pipeline;
  std::string remote_url; ///< of the repository, for use outside of CI; may hold credentials
};

/// The value of a variable, "" where there is none.
using Environment = std::function<std::string(const char*)>;

/// As the variables of a running job say; outside of one the project is the one of the remote. A
/// user error names the variable or option that is missing, or an address that is no HTTPS one:
/// tokens go to nobody else, but to this machine itself, and of what a remote tells only to hosts
/// that are known to be of the system.
Result<Place> place_of(System system, const Wanted& wanted, const Environment& environment);

} // namespace winnow::ci
