target_link_libraries(test_json PRIVATE perf_timer::json)
