target_link_libraries(test_html PRIVATE perf_timer::html)
