// Standard input, output and error, which whoever starts a program may have closed.
#pragma once

namespace winnow::client {

/// Opens those that are closed on nothing. Else the next file to be opened takes their place, and
/// what is meant for a person ends up in a log or a socket. Call it first.
void open_standard_streams();

} // namespace winnow::client
