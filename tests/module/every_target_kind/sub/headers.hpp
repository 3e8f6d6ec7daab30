// All there is of a header-only library.
#pragma once
