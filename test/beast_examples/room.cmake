target_include_directories(test_beast_examples SYSTEM PRIVATE "${PERF_TIMER_BEAST_EXAMPLES}")
