target_link_libraries(test_tracking PRIVATE perf_timer::tracking)
# A fork locks what each of a thousand operations has. ThreadSanitizer counts at most 64 locks.
list(TRANSFORM module_sanitizer_options
  REPLACE "^TSAN_OPTIONS=.*" "TSAN_OPTIONS=halt_on_error=1:detect_deadlocks=0")
