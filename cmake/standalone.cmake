# perf_timer::standalone, for programs that use standalone Asio. What is compiled, in perf_timer::perf_timer,
# knows no Asio. So this target only tells the headers which one they are compiled with, and a program may
# link both: each of its files is of the kind that its own target says.

# perf_timer_find_standalone_asio(OUT [FLAGS]): the folder of an asio.hpp that is new enough, for tests; else
# empty. FLAGS: how a compiler finds it that doesn't look there anyway. OUT_can_be_tracked: whether it is new
# enough for perf_timer::tracking.
function(perf_timer_find_standalone_asio out)
  set(${out} "" PARENT_SCOPE)
  set(${out}_can_be_tracked OFF PARENT_SCOPE)
  if(ARGV1)
    set(${ARGV1} "" PARENT_SCOPE)
  endif()
  unset(asio_hpp)
  find_path(asio_hpp asio.hpp HINTS "${PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR}" NO_CACHE)
  string(REGEX REPLACE "/+$" "" asio_hpp "${asio_hpp}")  # so that it is known for one of the system's
  if(asio_hpp)
    file(STRINGS "${asio_hpp}/asio/version.hpp" version REGEX "#define ASIO_VERSION ")
    string(REGEX REPLACE ".*ASIO_VERSION ([0-9]+).*" "\\1" version "${version}")
    if(version GREATER_EQUAL 102200)
      set(${out} "${asio_hpp}" PARENT_SCOPE)
      if(version GREATER_EQUAL 102600)
        set(${out}_can_be_tracked ON PARENT_SCOPE)
      endif()
      if(ARGV1 AND NOT asio_hpp IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
        set(${ARGV1} -isystem "${asio_hpp}" PARENT_SCOPE)
      endif()
    endif()
  endif()
endfunction()

add_library(perf_timer_standalone INTERFACE)
add_library(perf_timer::standalone ALIAS perf_timer_standalone)
set_target_properties(perf_timer_standalone PROPERTIES EXPORT_NAME standalone)
target_compile_definitions(perf_timer_standalone INTERFACE PERF_TIMER_STANDALONE_ASIO)
target_link_libraries(perf_timer_standalone INTERFACE perf_timer)
if(PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR)
  if(NOT EXISTS "${PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR}/asio.hpp")
    message(FATAL_ERROR "PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR=${PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR} "
      "has no asio.hpp in it; give the 'include' folder of standalone Asio.")
  endif()
  target_include_directories(perf_timer_standalone
    SYSTEM BEFORE INTERFACE "${PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR}")
endif()
