// A note on a file that its checksum was found right.
#pragma once

#include <sys/stat.h>

namespace winnow {

/// Whether the open file bears the note that its content was checked, of exactly this file, and
/// since the machine was started. Reading a hundred megabytes only to add them up is most of what
/// opening a graph costs.
bool is_marked_checked(int fd, const struct stat& status);

/// Leaves the note, as an extended attribute that no copy to another file or machine makes valid.
/// Not where the file may change again within the resolution of its time stamp, nor where the file
/// system has no attributes or does not let us: then it is checked each time.
void mark_checked(int fd, const struct stat& status);

} // namespace winnow
