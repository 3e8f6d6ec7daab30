// Reads winnow.json.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/settings.hpp"

#include <string_view>

namespace winnow::report {

/// What share/winnow/winnow.schema.json describes: JSON in UTF-8, with comments and trailing
/// commas, of at most 1 MiB:
///   $schema: for editors
///   selection
///     rules[]{pattern | patterns[], ignore: bool | affects: "everything" or a selector}
///     shipped_rules: bool or {harmless_files, unbuilt_files, plugins, programs: "nothing", "part"
///       or "everything"}; false is "everything" for each
///     closed, opaque: selectors
///     volatile{definitions[], build_files[]}
/// A selector is {tests[], labels[], directories[]}, each optional, not all.
/// Errors are the user's and begin with `path`, line and column. `source_root` is where patterns
/// with `../` start.
Result<Settings> settings_from_json(std::string_view text, std::string_view path,
                                    std::string_view source_root);

} // namespace winnow::report
