# Not optimised: Beast is much to compile, and what is tested here is no matter of speed.
target_compile_options(test_beast_examples PRIVATE -O0)
target_include_directories(test_beast_examples SYSTEM PRIVATE "${PERF_TIMER_BEAST_EXAMPLES}")
