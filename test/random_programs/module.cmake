find_package(rapidcheck REQUIRED)
target_link_libraries(test_random_programs PRIVATE rapidcheck)
# Not optimised: a file with every kind of coroutine takes long to compile, and these tests don't
# depend on speed.
target_compile_options(test_random_programs PRIVATE -O0)
