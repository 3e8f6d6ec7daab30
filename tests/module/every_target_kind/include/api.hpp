// A header of the file set "api".
#pragma once
