if(CMAKE_CROSSCOMPILING_EMULATOR)
  target_compile_definitions(test_beacon PRIVATE PERF_TIMER_IS_EMULATED)
endif()
