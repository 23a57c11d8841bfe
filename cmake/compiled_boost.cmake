# Boost's libraries, compiled by this build from their headers: for a standard library or a processor
# for which nobody has compiled them. They take the place of those that CMake would find.

option(PERF_TIMER_COMPILE_BOOST
  "Compile Boost.JSON, URL, Stacktrace and Test from their headers, for libc++ or another processor" OFF)
if(NOT PERF_TIMER_COMPILE_BOOST)
  return()
endif()
if(PERF_TIMER_INSTALL)
  message(FATAL_ERROR "PERF_TIMER_COMPILE_BOOST is for tests: what is installed would need libraries "
    "that aren't. Set PERF_TIMER_INSTALL=OFF, or give Boost_ROOT.")
endif()

# perf_timer_compile_boost(NAME HEADER): makes Boost::NAME of the header that has all of its code.
function(perf_timer_compile_boost name header)
  file(CONFIGURE OUTPUT "boost_${name}.cpp" CONTENT "#include <${header}>\n")
  add_library("boost_${name}" STATIC "${CMAKE_CURRENT_BINARY_DIR}/boost_${name}.cpp")
  target_link_libraries("boost_${name}" PUBLIC Boost::headers)
  target_compile_features("boost_${name}" PUBLIC cxx_std_20)
  set_target_properties("boost_${name}" PROPERTIES POSITION_INDEPENDENT_CODE ON)
  add_library("Boost::${name}" ALIAS "boost_${name}")
endfunction()

perf_timer_compile_boost(json boost/json/src.hpp)
perf_timer_compile_boost(url boost/url/src.hpp)
perf_timer_compile_boost(unit_test_framework boost/test/included/unit_test.hpp)

# libbacktrace comes with g++. It is C, so clang can use it, too. For another system, zig and clang find
# this machine's.
if(zig_system OR WIN32)
  return()
endif()
execute_process(COMMAND "${CMAKE_CXX_COMPILER}" -print-file-name=libbacktrace.a
  OUTPUT_VARIABLE backtrace OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
cmake_path(GET backtrace PARENT_PATH backtrace_folder)
if(EXISTS "${backtrace_folder}/include/backtrace.h")
  add_library(boost_stacktrace_backtrace INTERFACE)
  target_compile_definitions(boost_stacktrace_backtrace INTERFACE BOOST_STACKTRACE_USE_BACKTRACE
    "BOOST_STACKTRACE_BACKTRACE_INCLUDE_FILE=<${backtrace_folder}/include/backtrace.h>")
  target_link_libraries(boost_stacktrace_backtrace INTERFACE
    Boost::headers "${backtrace}" ${CMAKE_DL_LIBS})
  add_library(Boost::stacktrace_backtrace ALIAS boost_stacktrace_backtrace)
endif()
