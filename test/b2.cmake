# The Jamfile builds the library and runs one small module: enough to see that it still holds.
# All of it is 'b2' and 'b2 test', by hand or by 'tools/test --b2'.

find_program(B2 b2)
if(NOT B2)
  message(STATUS "b2 not found, the Jamfile is not tested (Debian: libboost1.81-tools-dev)")
  return()
endif()

add_test(NAME b2 COMMAND "${B2}" -d1 toolset=gcc
  "--build-dir=${CMAKE_CURRENT_BINARY_DIR}/b2" perf_timer test-clock
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
set_tests_properties(b2 PROPERTIES TIMEOUT 900)
