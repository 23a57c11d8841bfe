# The same tests without the processor's counter, as on machines whose kernel doesn't trust it.
add_test(NAME clock_without_tsc COMMAND test_clock)
set_tests_properties(clock_without_tsc PROPERTIES TIMEOUT 300
  ENVIRONMENT "PERF_TIMER_TSC=0;${sanitizer_options}")
