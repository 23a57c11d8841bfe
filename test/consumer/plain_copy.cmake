# An archive of the files as they are published: cmake -D FROM=... -D TO=x.tar -P plain_copy.cmake
cmake_minimum_required(VERSION 3.25)

cmake_path(GET TO PARENT_PATH work)
set(copy "${work}/plain_copy/perf_timer-copy")
file(REMOVE_RECURSE "${copy}")
# What .gitignore names isn't published; see there.
file(GLOB files RELATIVE "${FROM}" "${FROM}/*")
list(FILTER files EXCLUDE REGEX "^(\\.git|\\.cache|build.*|bin\\.v2)$")
foreach(file IN LISTS files)
  file(COPY "${FROM}/${file}" DESTINATION "${copy}" PATTERN node_modules EXCLUDE)
endforeach()
execute_process(COMMAND "${CMAKE_COMMAND}" -E tar cf "${TO}" perf_timer-copy
  WORKING_DIRECTORY "${work}/plain_copy" COMMAND_ERROR_IS_FATAL ANY)
