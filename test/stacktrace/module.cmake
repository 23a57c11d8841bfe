# Lines are known where the compiler left them.
target_compile_options(test_stacktrace PRIVATE -g1)
target_link_libraries(test_stacktrace PRIVATE perf_timer::stacktrace)
