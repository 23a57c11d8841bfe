if(CMAKE_CROSSCOMPILING_EMULATOR)
  # An emulator is slow, and there are many runs.
  list(APPEND module_sanitizer_options "PERF_TIMER_BRIEF=10")
endif()
