set(below "")
set(only_debug "|${SOURCE}/debug.c|${SOURCE}/a.c")
set(per_config debug)
if(CONFIG STREQUAL "Release")
  set(only_debug "")
  set(per_config release)
endif()
if(GENERATOR MATCHES "Multi-Config")
  set(below "${CONFIG}/")
endif()

expect_field(Kinds project)
expect_field("${SOURCE}" source_dir)
expect_field("${BUILD}" build_dir)
expect_field("${GENERATOR}" generator)
expect_field(C compilers 0 language)

expect_target(archive type STATIC_LIBRARY directory "${SOURCE}" binary_dir "${BUILD}"
  artifact "${BUILD}/${below}libarchive.a"
  sources "${SOURCE}/a.c|${SOURCE}/${per_config}.c"
  link_libraries "headers|objects" interface_link_libraries "headers|objects")
find_target(archive archive)
expect_field(api targets ${archive} header_sets 0 name)
expect_list("${SOURCE}/include/api.hpp" targets ${archive} header_sets 0 files)
expect_list("${SOURCE}/include" targets ${archive} header_sets 0 base_dirs)

expect_target(program type EXECUTABLE artifact "${BUILD}/${below}program"
  sources "${SOURCE}/main.c${only_debug}" link_libraries "shared|outside" dependencies "custom|plugin")
expect_target(plugin type MODULE_LIBRARY artifact "${BUILD}/${below}libplugin.so")
expect_target(objects type OBJECT_LIBRARY directory "${SOURCE}/sub" sources "${SOURCE}/sub/o.c"
  link_libraries bare)
expect_no_artifact(objects)
expect_target(custom type UTILITY)
expect_no_artifact(custom)
expect_target(generated type EXECUTABLE sources "${BUILD}/made.c")

set(headers_or_not "headers|")
if(CONFIG STREQUAL "Release")
  set(headers_or_not "")
endif()
expect_target(shared type SHARED_LIBRARY link_libraries "${headers_or_not}archive|m"
  unevaluated "$<$<C_COMPILER_VERSION:0.1>:never>")

expect_target(headers type INTERFACE_LIBRARY interface_link_libraries bare)
find_target(headers headers)
expect_field(HEADERS targets ${headers} header_sets 0 name)
expect_list("${SOURCE}/sub/headers.hpp" targets ${headers} header_sets 0 files)
expect_target(bare type INTERFACE_LIBRARY sources "" interface_sources "${SOURCE}/sub/everywhere.c"
  interface_include_directories "${SOURCE}/sub|${SOURCE}/sub/c" unevaluated "")

expect_no_target(outside)
expect_no_target(Kinds::headers)
expect_no_target(Nightly)
expect_no_target(ExperimentalTest)
