target_link_libraries(test_tracking PRIVATE perf_timer::tracking)
