# cmake -D B2=... -D SOURCE=... -D WORK=... -D PKG_CONFIG=... -D CXX=... -P b2.cmake
cmake_minimum_required(VERSION 3.25)

# All files of the source tree, but those below build/: other builds may write there meanwhile.
function(list_source out)
  file(GLOB top LIST_DIRECTORIES true RELATIVE "${SOURCE}" "${SOURCE}/*")
  list(REMOVE_ITEM top .git build)
  set(all ${top})
  foreach(one IN LISTS top)
    file(GLOB_RECURSE files LIST_DIRECTORIES true RELATIVE "${SOURCE}" "${SOURCE}/${one}/*")
    list(APPEND all ${files})
  endforeach()
  set("${out}" ${all} PARENT_SCOPE)
endfunction()

list_source(before)

# Without --build-dir, as it is typed by hand: it builds in the user's cache, which is here now.
set(ENV{XDG_CACHE_HOME} "${WORK}/cache")
set(prefix "${WORK}/prefix")
file(REMOVE_RECURSE "${prefix}")
# Not optimised: what is tested is the Jamfile.
execute_process(
  COMMAND "${B2}" -d1 toolset=gcc variant=debug debug-symbols=off "--prefix=${prefix}"
    test-clock test-tracked-program install
  WORKING_DIRECTORY "${SOURCE}" COMMAND_ERROR_IS_FATAL ANY)

list_source(after)
list(REMOVE_ITEM after ${before})
if(after)
  message(FATAL_ERROR "b2 wrote into the source tree: ${after}")
endif()

if(NOT EXISTS "${prefix}/lib/libperf_timer.a")
  message(FATAL_ERROR "b2 installed no library.")
endif()
if(PKG_CONFIG)
  # What it installs is what programs need.
  foreach(exporter json prometheus stacktrace tracking)
    if(EXISTS "${prefix}/lib/libperf_timer_${exporter}.a")
      list(APPEND EXPORTERS "${exporter}")
    endif()
  endforeach()
  set(PREFIX "${prefix}")
  string(APPEND WORK "/pkg_config")
  include("${CMAKE_CURRENT_LIST_DIR}/../consumer/pkg_config.cmake")
endif()
