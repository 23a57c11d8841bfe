# Which files of a test program are compiled as one file in a unity build, which takes a fifth of the
# time. Helpers of two files may have the same name: then one of them is in the module's row, and is
# compiled alone. A module without a row has only main.cpp alone.

set(compiled_alone
  "asio              cpu_of_runs cpu_samples off_processor perf_executor steps strands work_guard"
  "conservation      hopping open open_spans scopes snapshots submitted"
  "environment       service"
  "faults            counting_new timers_destroyed"
  "interop           stackful"
  "json              trace_names write_trace"
  "live              lag_probe open_run_detector report_on_signal write_stall"
  "platform          thread_stack"
  "recorder          recorder_partial sample_queue"
  "span              span_pool"
  "statistics        failing_new"
  "timers            cpu_samples"
  "tracked_runs      by_hand coroutines processor_time strands traces"
  "tracking          bound_handlers function_name handler_name hidden_handlers shapes
                     wrapped_handlers")

# perf_timer_join_files(MODULE TARGET)
function(perf_timer_join_files module target)
  set(alone main)  # it makes Boost.Test's header something else
  foreach(row IN LISTS compiled_alone)
    string(REGEX MATCHALL "[a-z0-9_]+" words "${row}")
    list(POP_FRONT words name)
    if(name STREQUAL module)
      list(APPEND alone ${words})
    endif()
  endforeach()
  foreach(file IN LISTS alone)
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${module}/${file}.cpp")
    if(NOT EXISTS "${path}")
      message(FATAL_ERROR "cmake/test_unity.cmake: there is no test/${module}/${file}.cpp.")
    endif()
    set_source_files_properties("${path}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  set_target_properties("${target}" PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  # The files hide names of each other.
  target_compile_options("${target}" PRIVATE -Wno-shadow)
endfunction()
