# Stackful coroutines need Boost.Context. It is assembler, so no header has all of it.
if(CMAKE_CROSSCOMPILING AND PERF_TIMER_COMPILE_BOOST)
  message(STATUS "No Boost.Context for another processor: stackful coroutines are not tested")
  list(FILTER sources EXCLUDE REGEX "/stackful\\.cpp$")
  set_target_properties(test_interop PROPERTIES SOURCES "${sources}")
else()
  find_package(Boost 1.81 REQUIRED COMPONENTS context)
  target_link_libraries(test_interop PRIVATE Boost::context)
endif()
# Not optimised: these files take long to compile, and the tests don't depend on speed.
target_compile_options(test_interop PRIVATE -O0)
