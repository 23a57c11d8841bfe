# A backtrace names functions that the compiler has told of.
target_compile_options(test_planting PRIVATE -g1)
target_link_libraries(test_planting PRIVATE perf_timer::stacktrace)
