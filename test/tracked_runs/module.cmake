target_link_libraries(test_tracked_runs PRIVATE perf_timer::tracking)
list(APPEND module_sanitizer_options "PERF_TIMER_TSC=0" "PERF_TIMER_REPORT=off")
