# Counts instructions with callgrind. The bounds hold only for code that g++ has optimised.
find_program(PERF_TIMER_VALGRIND valgrind DOC "Counts instructions for the test 'instructions'")
find_path(PERF_TIMER_VALGRIND_HEADERS valgrind/callgrind.h)
find_package(Python3 COMPONENTS Interpreter)
if(NOT PERF_TIMER_VALGRIND OR NOT PERF_TIMER_VALGRIND_HEADERS OR NOT Python3_FOUND)
  message(STATUS "valgrind or python3 not found: instructions are not counted")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_BUILD_TYPE STREQUAL "Release"
    AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" AND NOT PERF_TIMER_SANITIZE)
  add_executable(cost_rows "${CMAKE_CURRENT_SOURCE_DIR}/cost/callgrind/rows.cpp")
  target_include_directories(cost_rows SYSTEM PRIVATE "${PERF_TIMER_VALGRIND_HEADERS}")
  target_link_libraries(cost_rows PRIVATE perf_timer::perf_timer)
  perf_timer_own_flags(cost_rows)
  set(programs "$<TARGET_FILE:cost_rows>")
  if("tracking" IN_LIST perf_timer_exporters)
    add_executable(tracked_cost_rows "${CMAKE_CURRENT_SOURCE_DIR}/cost/callgrind/rows.cpp")
    target_include_directories(tracked_cost_rows SYSTEM PRIVATE "${PERF_TIMER_VALGRIND_HEADERS}")
    target_link_libraries(tracked_cost_rows PRIVATE perf_timer::tracking)
    perf_timer_own_flags(tracked_cost_rows)
    string(APPEND programs ",$<TARGET_FILE:tracked_cost_rows>")
  endif()
  add_test(NAME instructions
    COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/cost/callgrind/instructions.py"
      "${PERF_TIMER_VALGRIND}" "${programs}"
      "${CMAKE_CURRENT_SOURCE_DIR}/cost/callgrind/bounds.txt")
  set_tests_properties(instructions PROPERTIES TIMEOUT 300)
endif()

if("tracking" IN_LIST perf_timer_exporters)
  add_executable(test_tracked_cost
    "${CMAKE_CURRENT_SOURCE_DIR}/cost/tracked/allocations.cpp"
    "${CMAKE_CURRENT_SOURCE_DIR}/cost/allocation_count.cpp")
  target_include_directories(test_tracked_cost PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(test_tracked_cost PRIVATE perf_timer::tracking boost_test)
  perf_timer_own_flags(test_tracked_cost)
  add_test(NAME tracked_cost COMMAND test_tracked_cost)
  set_tests_properties(tracked_cost PROPERTIES TIMEOUT 60 ENVIRONMENT PERF_TIMER_REPORT=off)
endif()
