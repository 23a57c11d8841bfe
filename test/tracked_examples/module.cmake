# Examples of Asio and Beast, as they are: a tracked program is measured without a line of code.
target_link_libraries(test_tracked_examples PRIVATE perf_timer::tracking)
# The folders above those that cmake finds, so that an example's path tells which one it is.
cmake_path(GET PERF_TIMER_ASIO_EXAMPLES PARENT_PATH asio_examples)
target_include_directories(test_tracked_examples SYSTEM PRIVATE
  "${asio_examples}" "${PERF_TIMER_BEAST_EXAMPLES}")
# Not optimised: Beast takes long to compile, and these tests don't depend on speed.
target_compile_options(test_tracked_examples PRIVATE -O0)
