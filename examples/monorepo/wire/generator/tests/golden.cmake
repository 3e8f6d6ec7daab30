# Generates code for golden/gust.wire and compares it with the files kept beside it.
file(MAKE_DIRECTORY "${OUTPUT}")
set(golden "${CMAKE_CURRENT_LIST_DIR}/golden")
execute_process(
  COMMAND "${WIREGEN}" "${golden}/gust.wire" "${OUTPUT}/gust.hpp" "${OUTPUT}/gust.cpp"
  COMMAND_ERROR_IS_FATAL ANY)

foreach(name gust.hpp gust.cpp)
  execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${golden}/${name}.expected"
    "${OUTPUT}/${name}" RESULT_VARIABLE differs)
  if(differs)
    message(SEND_ERROR "${OUTPUT}/${name} is not what ${golden}/${name}.expected says")
  endif()
endforeach()
