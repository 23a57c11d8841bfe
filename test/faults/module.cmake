# Not optimised: much to compile, and no matter of speed.
target_compile_options(test_faults PRIVATE -O0)
