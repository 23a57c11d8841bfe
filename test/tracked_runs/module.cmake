target_link_libraries(test_tracked_runs PRIVATE perf_timer::tracking)
# The program defines what this file of the library does, so nothing else may be in its object file.
set_source_files_properties("${PROJECT_SOURCE_DIR}/src/clock/thread_cpu_clock.cpp"
  TARGET_DIRECTORY perf_timer PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
list(APPEND module_sanitizer_options "PERF_TIMER_TSC=0" "PERF_TIMER_REPORT=off")
