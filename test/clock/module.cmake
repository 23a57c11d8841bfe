# The same where the kernel doesn't trust the processor's counter, or nobody should.
add_test(NAME clock_without_tsc COMMAND test_clock)
set_tests_properties(clock_without_tsc PROPERTIES TIMEOUT 300
  ENVIRONMENT "PERF_TIMER_TSC=0;${sanitizer_options}")
