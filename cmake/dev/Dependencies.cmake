# The libraries Winnow is built from, each with the Debian package that has it.

# _winnow_require(<find_package arguments>... DEBIAN <package>...)
# Like find_package(... REQUIRED), but its error names the package to install.
macro(_winnow_require name)
  cmake_parse_arguments(_winnow_require "" "" "DEBIAN" ${ARGN})
  find_package(${name} ${_winnow_require_UNPARSED_ARGUMENTS} QUIET)
  if(NOT ${name}_FOUND)
    list(JOIN _winnow_require_UNPARSED_ARGUMENTS " " _winnow_require_what)
    list(JOIN _winnow_require_DEBIAN " " _winnow_require_packages)
    message(FATAL_ERROR
      "Winnow needs ${name} ${_winnow_require_what}, which was not found.\n"
      "On Debian: apt-get install ${_winnow_require_packages}\n"
      "cmake/dev/install-packages installs everything at once.")
  endif()
endmacro()

_winnow_require(Threads DEBIAN libc6-dev)
_winnow_require(Boost 1.81 COMPONENTS filesystem json url
  DEBIAN libboost1.81-dev libboost-filesystem1.81-dev libboost-json1.81-dev libboost-url1.81-dev)
_winnow_require(fmt DEBIAN libfmt-dev)
_winnow_require(spdlog DEBIAN libspdlog-dev)
_winnow_require(CLI11 DEBIAN libcli11-dev)
_winnow_require(re2 DEBIAN libre2-dev)
_winnow_require(SQLite3 DEBIAN libsqlite3-dev)
_winnow_require(nettle DEBIAN nettle-dev)
_winnow_require(xxhash DEBIAN libxxhash-dev)
_winnow_require(zstd DEBIAN libzstd-dev)
_winnow_require(mimalloc DEBIAN libmimalloc-dev)
_winnow_require(CURL 7.85 DEBIAN libcurl4-openssl-dev)
if(BUILD_TESTING)
  _winnow_require(Boost 1.81 COMPONENTS unit_test_framework DEBIAN libboost-test1.81-dev)
  _winnow_require(Python3 COMPONENTS Interpreter DEBIAN python3)
endif()
