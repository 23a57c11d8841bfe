# Not optimised: Beast takes long to compile, and these tests don't depend on speed.
target_compile_options(test_beast_examples PRIVATE -O0)
target_include_directories(test_beast_examples SYSTEM PRIVATE "${PERF_TIMER_BEAST_EXAMPLES}")
