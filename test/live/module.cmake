if(PERF_TIMER_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # With AddressSanitizer it takes what use_future makes for uninitialized.
  target_compile_options(test_live PRIVATE -Wno-maybe-uninitialized)
endif()
