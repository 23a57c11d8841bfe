# Builds a program with what pkg-config says of each library, and runs it:
#
#   cmake -D PKG_CONFIG=... -D CXX=g++ -D EXPORTERS="json;html" -D WORK=... [-D PREFIX=...]
#     [-D BOOST_LIBRARY_DIRS=where Boost's shared libraries are]
#     [-D STANDALONE=folder of asio.hpp -D STANDALONE_FLAGS=how it is found] -P pkg_config.cmake
#
# Without PREFIX it finds what is installed on the machine.
cmake_minimum_required(VERSION 3.25)

set(here "${CMAKE_CURRENT_LIST_DIR}")
if(PREFIX)
  file(GLOB pc "${PREFIX}/lib*/pkgconfig/perf_timer.pc" "${PREFIX}/lib*/*/pkgconfig/perf_timer.pc")
  if(NOT pc)
    message(FATAL_ERROR "No perf_timer.pc below ${PREFIX}.")
  endif()
  cmake_path(GET pc PARENT_PATH folder)
  set(ENV{PKG_CONFIG_PATH} "${folder}")
endif()
file(MAKE_DIRECTORY "${WORK}")

function(ask_pkg_config out)
  execute_process(COMMAND "${PKG_CONFIG}" ${ARGN}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE)
  separate_arguments(output UNIX_COMMAND "${output}")
  set("${out}" ${output} PARENT_SCOPE)
endfunction()

function(build_and_run name source)
  ask_pkg_config(flags --cflags "${name}")
  ask_pkg_config(libs --libs "${name}")
  ask_pkg_config(folder --variable=libdir perf_timer)
  set(object "${WORK}/${name}.o")
  execute_process(COMMAND ${CXX} -std=c++20 -O0 ${flags} ${ARGN} -c "${source}" -o "${object}"
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${CXX} "${object}" -o "${WORK}/${name}" ${libs}
    COMMAND_ERROR_IS_FATAL ANY)
  list(JOIN BOOST_LIBRARY_DIRS ":" boost_folders)
  set(ENV{LD_LIBRARY_PATH} "${folder}:${boost_folders}")
  execute_process(COMMAND "${WORK}/${name}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

build_and_run(perf_timer "${here}/consumer.cpp")
if(STANDALONE)
  build_and_run(perf_timer_standalone "${here}/standalone.cpp" ${STANDALONE_FLAGS})
endif()
foreach(exporter IN LISTS EXPORTERS)
  string(TOUPPER "-DHAS_${exporter}" has_exporter)
  build_and_run("perf_timer_${exporter}" "${here}/exporters.cpp" "${has_exporter}")
endforeach()
