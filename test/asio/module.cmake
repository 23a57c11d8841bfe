if(PERF_TIMER_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # With AddressSanitizer, g++ falsely warns that use_future's objects are uninitialized.
  set_source_files_properties("${folder}/timed.cpp"
    PROPERTIES COMPILE_OPTIONS -Wno-maybe-uninitialized)
endif()
