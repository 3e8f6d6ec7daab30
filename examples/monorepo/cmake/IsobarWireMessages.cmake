# isobar_wire_messages(NAME SCHEMA)
# The library isobar::NAME with the messages of SCHEMA (a .wire file), included as "NAME/STEM.hpp".
function(isobar_wire_messages name schema)
  cmake_path(ABSOLUTE_PATH schema)
  cmake_path(GET schema STEM stem)
  set(root "${CMAKE_CURRENT_BINARY_DIR}/generated")
  set(header "${root}/${name}/${stem}.hpp")
  set(source "${root}/${name}/${stem}.cpp")
  file(MAKE_DIRECTORY "${root}/${name}")

  add_custom_command(OUTPUT "${header}" "${source}"
    COMMAND wiregen "${schema}" "${header}" "${source}"
    DEPENDS "${schema}"
    COMMENT "Generating ${name}/${stem}"
    VERBATIM)
  add_library(${name} STATIC "${source}" "${header}")
  add_library(isobar::${name} ALIAS ${name})
  target_include_directories(${name} PUBLIC "${root}")
  target_link_libraries(${name} PUBLIC isobar::codec)
endfunction()
