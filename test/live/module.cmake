if(PERF_TIMER_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # With AddressSanitizer, g++ falsely warns that use_future's objects are uninitialized.
  target_compile_options(test_live PRIVATE -Wno-maybe-uninitialized)
endif()

# Programs in which a step is stuck. Sanitizers have a malloc of their own.
set(stuck_in_memory "")
function(add_stuck_program name)
  add_executable("test_live_${name}" ${ARGN})
  target_link_libraries("test_live_${name}" PRIVATE perf_timer::perf_timer)
  perf_timer_own_flags("test_live_${name}")
  add_dependencies(test_live "test_live_${name}")
  if(NOT name STREQUAL "stuck_fork")
    list(APPEND stuck_in_memory "\"$<TARGET_FILE:test_live_${name}>\"")
    set(stuck_in_memory "${stuck_in_memory}" PARENT_SCOPE)
  endif()
endfunction()
add_stuck_program(stuck_fork live/programs/stuck_fork.cpp)
add_stuck_program(locked_new live/programs/stuck_in_memory.cpp live/programs/locked_new.cpp)
include(CheckCXXSymbolExists)
check_cxx_symbol_exists(__GLIBC__ cstdlib PERF_TIMER_HAS_GLIBC)  # its malloc can be replaced
if(NOT PERF_TIMER_SANITIZE AND PERF_TIMER_HAS_GLIBC)
  add_stuck_program(locked_malloc live/programs/stuck_in_memory.cpp live/programs/locked_malloc.cpp)
  add_stuck_program(fixed_place live/programs/stuck_in_memory.cpp live/programs/locked_new.cpp)
  target_link_options(test_live_fixed_place PRIVATE -no-pie)
endif()
list(JOIN stuck_in_memory "," stuck_in_memory)
target_compile_definitions(test_live PRIVATE "STUCK_IN_MEMORY=${stuck_in_memory}"
  "STUCK_FORK=\"$<TARGET_FILE:test_live_stuck_fork>\"")
