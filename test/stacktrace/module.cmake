# Lines are known where the compiler left them.
target_compile_options(test_stacktrace PRIVATE -g1)
target_link_libraries(test_stacktrace PRIVATE perf_timer::stacktrace)
if(PERF_TIMER_COMPILE_BOOST)
  target_compile_definitions(test_stacktrace PRIVATE LIBBACKTRACE_IS_STATIC)
  target_link_options(test_stacktrace PRIVATE LINKER:--wrap=backtrace_create_state)
endif()
