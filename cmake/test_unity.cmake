# Test programs whose files are compiled as one file in a unity build, which is several times faster. Helpers of
# two files may have the same name, and headers may not like another's name: then one of the files is in
# the row, and is compiled alone. Its tests come after the others. Modules without a row are compiled file by file.

set(compiled_as_one
  "asio         cpu_of_runs cpu_samples off_processor perf_executor steps strands work_guard"
  "beacon"
  "clock"
  "conservation      hopping open open_spans scopes snapshots submitted"
  "faults       counting_new no_memory_coroutines timers_destroyed"
  "http         posix_connection request"
  "interop      newer_asio"
  "json              trace_names write_trace"
  "live              lag_probe open_run_detector posix_report_on_signal write_stall"
  "platform          thread_stack"
  "recorder          recorder_partial sample_queue"
  "report"
  "span              span_pool"
  "statistics        failing_new"
  "timers            cpu_samples"
  "trace"
  "tracked_runs processor_time strands traces by_hand"
  "tracking     function_name handler_name hidden_handlers odd_names too_many wrapped_handlers")

# perf_timer_join_files(MODULE TARGET)
function(perf_timer_join_files module target)
  set(row ${compiled_as_one})
  list(FILTER row INCLUDE REGEX "^${module}( |$)")
  if(NOT row)
    return()
  endif()
  string(REGEX MATCHALL "[a-z0-9_]+" alone "${row}")
  list(POP_FRONT alone)
  foreach(file IN LISTS alone ITEMS main)  # main.cpp makes Boost.Test's header something else
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${module}/${file}.cpp")
    if(NOT EXISTS "${path}")
      message(FATAL_ERROR "cmake/test_unity.cmake: there is no test/${module}/${file}.cpp.")
    endif()
    set_source_files_properties("${path}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  set_target_properties("${target}" PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  # The files hide names of each other, and g++ takes their anonymous namespaces for those of headers.
  target_compile_options("${target}" PRIVATE -Wno-shadow
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
