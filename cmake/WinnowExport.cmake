# Collects what a configured project consists of and writes it as JSON. Private to Winnow.cmake.
#
# Values may hold generator expressions, which CMake evaluates after configuring, when nothing can
# escape them any more. So each value is escaped first, as \uXXXX only (an escape that ended in a
# backslash would swallow the separator of the list), kept in a property of its target, and the
# property is evaluated: literal text passes through an evaluation unchanged.

# Expressions that any context can evaluate. An expression outside of this list would stop
# the project's generation, so its value is reported as unevaluated.
set_property(GLOBAL PROPERTY _WINNOW_SAFE_EXPRESSIONS
  "" 0 1 BUILD_INTERFACE BUILD_LOCAL_INTERFACE CONFIG BOOL NOT AND OR IF STREQUAL EQUAL IN_LIST
  VERSION_LESS VERSION_GREATER VERSION_EQUAL VERSION_LESS_EQUAL VERSION_GREATER_EQUAL PLATFORM_ID
  TARGET_EXISTS TARGET_NAME_IF_EXISTS TARGET_OBJECTS TARGET_FILE TARGET_LINKER_FILE JOIN
  LOWER_CASE UPPER_CASE SEMICOLON COMMA ANGLE-R REMOVE_DUPLICATES)

# Asks for the code model. Before CMake 3.27 only the next configuration answers.
function(_winnow_query_file_api)
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.27)
    cmake_file_api(QUERY API_VERSION 1 CODEMODEL 2 CACHE 2 CMAKEFILES 1 TOOLCHAINS 1)
    return()
  endif()
  set(query "${CMAKE_BINARY_DIR}/.cmake/api/v1/query/client-winnow/query.json")
  if(NOT EXISTS "${query}")
    file(WRITE "${query}" [[
{"requests":[{"kind":"codemodel","version":2},{"kind":"cache","version":2},
{"kind":"cmakeFiles","version":1},{"kind":"toolchains","version":1}]}
]])
  endif()
endfunction()

# Runs at the end of the top directory, and once more behind what the project itself deferred.
function(_winnow_export_last)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _winnow_export)
endfunction()

function(_winnow_export)
  _winnow_check_named_targets()
  set(json "")
  _winnow_header(header)
  _winnow_targets_below(targets "${CMAKE_SOURCE_DIR}")
  foreach(target IN LISTS targets)
    _winnow_target(description "${target}")
    string(APPEND json ",\n${description}")
  endforeach()
  string(REGEX REPLACE "^," "" json "${json}")
  foreach(name IN ITEMS TEST_INPUTS TEST_RESOURCES SPLIT_DEPENDENTS)
    get_property(${name} GLOBAL PROPERTY _WINNOW_${name})
    string(REGEX REPLACE "^," "" ${name} "${${name}}")
  endforeach()

  set(suffix "")
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    set(suffix "-$<CONFIG>")
  endif()
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/.winnow/export${suffix}.json" CONTENT
"{\"kind\":\"winnow.export\",\"version\":1,
${header},
\"targets\":[${json}],
\"test_inputs\":[${TEST_INPUTS}],
\"test_resources\":[${TEST_RESOURCES}],
\"split_dependents\":[${SPLIT_DEPENDENTS}]}
")
endfunction()

function(_winnow_header out)
  set(compilers "")
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  list(REMOVE_ITEM languages NONE)
  foreach(language IN LISTS languages)
    _winnow_json_string(id "${CMAKE_${language}_COMPILER_ID}")
    _winnow_json_string(version "${CMAKE_${language}_COMPILER_VERSION}")
    _winnow_json_string(path "${CMAKE_${language}_COMPILER}")
    string(APPEND compilers
      ",\n{\"language\":\"${language}\",\"id\":${id},\"version\":${version},\"path\":${path}}")
  endforeach()
  string(REGEX REPLACE "^," "" compilers "${compilers}")
  _winnow_json_string(project "${CMAKE_PROJECT_NAME}")
  _winnow_json_string(source_dir "${CMAKE_SOURCE_DIR}")
  _winnow_json_string(build_dir "${CMAKE_BINARY_DIR}")
  _winnow_json_string(generator "${CMAKE_GENERATOR}")
  set(${out}
"\"project\":${project},
\"source_dir\":${source_dir},
\"build_dir\":${build_dir},
\"generator\":${generator},
\"config\":\"$<CONFIG>\",
\"cmake_version\":\"${CMAKE_VERSION}\",
\"compilers\":[${compilers}]" PARENT_SCOPE)
endfunction()

# Every target of the directory and those below, without those that include(CTest) adds.
function(_winnow_targets_below out directory)
  get_property(targets DIRECTORY "${directory}" PROPERTY BUILDSYSTEM_TARGETS)
  list(FILTER targets EXCLUDE REGEX "^(Nightly|Experimental|Continuous)(Start|Update|Configure|Build|Test|Coverage|MemCheck|MemoryCheck|Submit)?$")
  get_property(subdirectories DIRECTORY "${directory}" PROPERTY SUBDIRECTORIES)
  foreach(subdirectory IN LISTS subdirectories)
    _winnow_targets_below(below "${subdirectory}")
    list(APPEND targets ${below})
  endforeach()
  set(${out} "${targets}" PARENT_SCOPE)
endfunction()

function(_winnow_target out target)
  set(unevaluated "")
  get_target_property(type "${target}" TYPE)
  get_target_property(source_dir "${target}" SOURCE_DIR)
  get_target_property(binary_dir "${target}" BINARY_DIR)

  _winnow_json_string(name "${target}")
  _winnow_json_string(directory "${source_dir}")
  _winnow_json_string(binary "${binary_dir}")
  set(json "{\"name\":${name},\"type\":\"${type}\",\"directory\":${directory},\"binary_dir\":${binary}")
  if(type MATCHES "^(EXECUTABLE|STATIC_LIBRARY|SHARED_LIBRARY|MODULE_LIBRARY)$")
    _winnow_artifact(artifact "${target}")
    string(APPEND json ",\"artifact\":\"${artifact}\"")
  endif()

  _winnow_paths(sources "${target}" SOURCES)
  _winnow_paths(interface_sources "${target}" INTERFACE_SOURCES)
  _winnow_paths(include_directories "${target}" INTERFACE_INCLUDE_DIRECTORIES)
  _winnow_header_sets(header_sets "${target}")
  _winnow_names(link_libraries "${target}" LINK_LIBRARIES)
  _winnow_names(interface_link_libraries "${target}" INTERFACE_LINK_LIBRARIES)
  _winnow_names(dependencies "${target}" MANUALLY_ADDED_DEPENDENCIES)
  _winnow_json_array(unevaluated unevaluated)
  set(${out} "${json},
\"sources\":${sources},
\"interface_sources\":${interface_sources},
\"header_sets\":[${header_sets}],
\"interface_include_directories\":${include_directories},
\"link_libraries\":${link_libraries},
\"interface_link_libraries\":${interface_link_libraries},
\"dependencies\":${dependencies},
\"unevaluated\":${unevaluated}}" PARENT_SCOPE)
endfunction()

# $<TARGET_FILE> cannot be escaped, but what precedes it in an oddly named tree can.
function(_winnow_artifact out target)
  get_target_property(binary_dir "${target}" BINARY_DIR)
  set(artifact "$<TARGET_FILE:${target}>")
  if(binary_dir MATCHES "[\"\\]")
    _winnow_escape(prefix "${binary_dir}")
    set(artifact "${prefix}/$<PATH:RELATIVE_PATH,${artifact},$<TARGET_PROPERTY:${target},BINARY_DIR>>")
  endif()
  set(${out} "${artifact}" PARENT_SCOPE)
endfunction()

function(_winnow_header_sets out target)
  set(json "")
  get_target_property(private_sets "${target}" HEADER_SETS)
  get_target_property(interface_sets "${target}" INTERFACE_HEADER_SETS)
  set(sets ${private_sets} ${interface_sets})
  list(REMOVE_DUPLICATES sets)
  foreach(set IN LISTS sets)
    if(set)
      _winnow_json_string(name "${set}")
      _winnow_paths(base_dirs "${target}" HEADER_DIRS_${set})
      _winnow_paths(files "${target}" HEADER_SET_${set})
      string(APPEND json ",{\"name\":${name},\"base_dirs\":${base_dirs},\"files\":${files}}")
    endif()
  endforeach()
  string(REGEX REPLACE "^," "" json "${json}")
  set(${out} "${json}" PARENT_SCOPE)
  set(unevaluated "${unevaluated}" PARENT_SCOPE)
endfunction()

# The paths in a property of the target, absolute, as a JSON array.
function(_winnow_paths out target property)
  get_target_property(values "${target}" "${property}")
  get_target_property(source_dir "${target}" SOURCE_DIR)
  get_target_property(binary_dir "${target}" BINARY_DIR)
  if(NOT values)
    set(${out} "[]" PARENT_SCOPE)
    return()
  endif()
  _winnow_whole_entries(entries "${values}")
  set(kept "")
  foreach(entry IN LISTS entries)
    # The plain names that a condition guards, as in $<$<CONFIG:Debug>:a.c;b.c>.
    if(entry MATCHES "^(.*(>|\\$<[01]|_INTERFACE):)([^<>:]+)(>+)$")
      set(condition "${CMAKE_MATCH_1}")
      set(end "${CMAKE_MATCH_4}")
      set(guarded "")
      foreach(name IN LISTS CMAKE_MATCH_3)
        _winnow_absolute_path(name "${name}" "${source_dir}" "${binary_dir}")
        list(APPEND guarded "${name}")
      endforeach()
      set(entry "${condition}${guarded}${end}")
    elseif(NOT entry MATCHES "^(\\$<|/)")
      _winnow_absolute_path(entry "${entry}" "${source_dir}" "${binary_dir}")
    endif()
    if(entry MATCHES "\\$<")
      _winnow_expression(entry "${entry}")
    else()
      cmake_path(NORMAL_PATH entry)
      _winnow_escape(entry "${entry}")
    endif()
    list(APPEND kept "${entry}")
  endforeach()
  set_target_properties("${target}" PROPERTIES _WINNOW_${property} "${kept}")
  _winnow_evaluated_array(array "$<GENEX_EVAL:$<TARGET_PROPERTY:${target},_WINNOW_${property}>>")
  set(${out} "${array}" PARENT_SCOPE)
  set(unevaluated "${unevaluated}" PARENT_SCOPE)
endfunction()

# As CMake does: a relative name is below the source directory if it is there, else it is generated.
function(_winnow_absolute_path out name source_dir binary_dir)
  cmake_path(ABSOLUTE_PATH name BASE_DIRECTORY "${source_dir}" NORMALIZE OUTPUT_VARIABLE path)
  if(NOT EXISTS "${path}" AND NOT path MATCHES "\\$<")
    cmake_path(ABSOLUTE_PATH name BASE_DIRECTORY "${binary_dir}" NORMALIZE OUTPUT_VARIABLE path)
  endif()
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# The libraries or targets in a property of the target, aliases resolved, as a JSON array.
function(_winnow_names out target property)
  get_target_property(values "${target}" "${property}")
  if(NOT values)
    set(${out} "[]" PARENT_SCOPE)
    return()
  endif()
  _winnow_whole_entries(entries "${values}")
  set(kept "")
  foreach(entry IN LISTS entries)
    # CMake marks what another directory added: ::@(id) before it, ::@ behind it.
    if(entry MATCHES "^::@")
      continue()
    endif()
    _winnow_real_names(entry "${entry}")
    if(entry MATCHES "\\$<")
      _winnow_expression(entry "${entry}")
    else()
      _winnow_escape(entry "${entry}")
    endif()
    list(APPEND kept "${entry}")
  endforeach()
  list(REMOVE_DUPLICATES kept)
  set_target_properties("${target}" PROPERTIES _WINNOW_${property} "${kept}")
  _winnow_evaluated_array(array "$<GENEX_EVAL:$<TARGET_PROPERTY:${target},_WINNOW_${property}>>")
  set(${out} "${array}" PARENT_SCOPE)
  set(unevaluated "${unevaluated}" PARENT_SCOPE)
endfunction()

# JOIN drops the elements that evaluated to nothing.
function(_winnow_evaluated_array out value)
  set(joined "$<JOIN:${value},\",\">")
  set(${out} "[$<$<NOT:$<STREQUAL:${joined},>>:\"${joined}\">]" PARENT_SCOPE)
endfunction()

# Joins what splitting at semicolons tore apart: the pieces of one generator expression.
function(_winnow_whole_entries out values)
  set(entries "")
  set(pending "")
  if(NOT values MATCHES "\\$<")
    set(entries "${values}")
  else()
    foreach(piece IN LISTS values)
      string(REPLACE ";" "\\;" piece "${piece}")
      string(APPEND pending "${piece}")
      string(REGEX MATCHALL "\\$<" opened "${pending}")
      string(REGEX MATCHALL ">" closed "${pending}")
      list(LENGTH opened opened)
      list(LENGTH closed closed)
      if(opened GREATER closed)
        string(APPEND pending "\\;")
      else()
        list(APPEND entries "${pending}")
        set(pending "")
      endif()
    endforeach()
  endif()
  set(${out} "${entries}" PARENT_SCOPE)
endfunction()

# The library with its real name if it is an alias; inside of an expression, every alias with "::".
function(_winnow_real_names out text)
  set(done "")
  if(TARGET "${text}" OR NOT text MATCHES "\\$<")
    _winnow_real_name(done "${text}")
    set(text "")
  endif()
  while(text MATCHES "[A-Za-z0-9_.+-]+(::[A-Za-z0-9_.+-]+)+")
    set(word "${CMAKE_MATCH_0}")
    string(FIND "${text}" "${word}" position)
    string(SUBSTRING "${text}" 0 ${position} before)
    string(LENGTH "${before}${word}" end)
    string(SUBSTRING "${text}" ${end} -1 text)
    _winnow_real_name(real "${word}")
    string(APPEND done "${before}${real}")
  endwhile()
  set(${out} "${done}${text}" PARENT_SCOPE)
endfunction()

function(_winnow_real_name out name)
  if(TARGET "${name}")
    get_target_property(real "${name}" ALIASED_TARGET)
    if(real)
      set(name "${real}")
    endif()
  endif()
  set(${out} "${name}" PARENT_SCOPE)
endfunction()

# The expression in a form that can be evaluated outside of a compilation, or nothing after
# adding it to `unevaluated`. Conditions on the language hold: more is better than less here.
function(_winnow_expression out text)
  string(REGEX REPLACE "\\$<(LINK_ONLY|COMPILE_ONLY|HOST_LINK|DEVICE_LINK):" "$<1:" plain "${text}")
  string(REGEX REPLACE "\\$<LINK_(LIBRARY|GROUP):[^,>]*," "$<1:" plain "${plain}")
  string(REGEX REPLACE "\\$<(COMPILE|LINK)_(LANGUAGE|LANG_AND_ID):[^<>]*>" "1" plain "${plain}")
  string(REPLACE "$<INSTALL_INTERFACE:" "$<0:" plain "${plain}")
  string(REPLACE "$<INSTALL_PREFIX>" "" plain "${plain}")
  while(plain MATCHES "\\$<([A-Z]+)_COMPILER_ID:([^<>]*)>")
    string(REPLACE "," ";" ids "${CMAKE_MATCH_2}")
    set(holds 0)
    if("${CMAKE_${CMAKE_MATCH_1}_COMPILER_ID}" IN_LIST ids)
      set(holds 1)
    endif()
    string(REPLACE "${CMAKE_MATCH_0}" "${holds}" plain "${plain}")
  endwhile()

  get_property(safe GLOBAL PROPERTY _WINNOW_SAFE_EXPRESSIONS)
  string(REGEX REPLACE "\\$<TARGET_PROPERTY:[^<>,]+,(SOURCE|BINARY)_DIR>" "" checked "${plain}")
  string(REGEX MATCHALL "\\$<[A-Za-z0-9_-]*" expressions "${checked}")
  foreach(expression IN LISTS expressions)
    string(SUBSTRING "${expression}" 2 -1 name)
    if(NOT name STREQUAL "" AND NOT name IN_LIST safe)
      string(REPLACE ";" "\\;" text "${text}")
      list(APPEND unevaluated "${text}")
      set(unevaluated "${unevaluated}" PARENT_SCOPE)
      set(${out} "" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  string(REPLACE "\\" "\\u005c" plain "${plain}")
  string(REPLACE "\"" "\\u0022" plain "${plain}")
  set(${out} "${plain}" PARENT_SCOPE)
endfunction()

# Text for the inside of a JSON string that also survives lists and generator expressions.
function(_winnow_escape out text)
  if(NOT text MATCHES "[^A-Za-z0-9_./+ :-]")
    set(${out} "${text}" PARENT_SCOPE)
    return()
  endif()
  string(REPLACE "\\" "\\u005c" text "${text}")
  string(REPLACE "\"" "\\u0022" text "${text}")
  string(REPLACE "$" "\\u0024" text "${text}")
  string(REPLACE ";" "\\u003b" text "${text}")
  string(REPLACE "[" "\\u005b" text "${text}")
  string(REPLACE "]" "\\u005d" text "${text}")
  if(text MATCHES "[^ -~]")
    foreach(code RANGE 1 31)
      string(ASCII ${code} character)
      math(EXPR hex "${code}" OUTPUT_FORMAT HEXADECIMAL)
      string(REGEX REPLACE "^0x(.)$" "0\\1" hex "${hex}")
      string(REPLACE "0x" "" hex "${hex}")
      string(REPLACE "${character}" "\\u00${hex}" text "${text}")
    endforeach()
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(_winnow_json_string out text)
  _winnow_escape(text "${text}")
  set(${out} "\"${text}\"" PARENT_SCOPE)
endfunction()

# The elements of the list variable as a JSON array.
function(_winnow_json_array out list)
  set(array "")
  foreach(element IN LISTS ${list})
    _winnow_json_string(element "${element}")
    string(APPEND array ",${element}")
  endforeach()
  string(REGEX REPLACE "^," "" array "${array}")
  set(${out} "[${array}]" PARENT_SCOPE)
endfunction()
