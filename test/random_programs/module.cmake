set(rapidcheck rapidcheck)
set(looks_otherwise look_alone)
if(PERF_TIMER_COMPILE_BOOST)
  # Debian's rapidcheck is for its own standard library and processor, as its Boost is.
  set(rapidcheck "")
  set(looks_otherwise look_by_rapidcheck)
else()
  find_package(rapidcheck REQUIRED)
endif()
list(FILTER sources EXCLUDE REGEX "/${looks_otherwise}\\.cpp$")
set_target_properties(test_random_programs PROPERTIES SOURCES "${sources}")
target_link_libraries(test_random_programs PRIVATE ${rapidcheck})
# Not optimised: a file with every kind of coroutine takes long to compile, and these tests don't
# depend on speed.
target_compile_options(test_random_programs PRIVATE -O0)

# The same programs where each operation is tracked: that must change nothing. Not with another standard
# library or processor, where compiling them once more would take longer than it tells.
if("tracking" IN_LIST perf_timer_exporters AND NOT PERF_TIMER_COMPILE_BOOST)
  add_executable(test_random_programs_tracked ${sources})
  target_include_directories(test_random_programs_tracked
    PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(test_random_programs_tracked
    PRIVATE perf_timer::perf_timer perf_timer::tracking boost_test ${rapidcheck})
  target_compile_options(test_random_programs_tracked PRIVATE -O0)
  perf_timer_own_flags(test_random_programs_tracked)
  add_test(NAME random_programs_tracked COMMAND test_random_programs_tracked)
  set_tests_properties(random_programs_tracked PROPERTIES
    TIMEOUT 300 ENVIRONMENT "${sanitizer_options};PERF_TIMER_REPORT=off;PERF_TIMER_TSC=0")
endif()
