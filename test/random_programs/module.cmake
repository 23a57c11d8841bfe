find_package(rapidcheck REQUIRED)
target_link_libraries(test_random_programs PRIVATE rapidcheck)
# Not optimised: one file holds every kind of coroutine there is, and what is tested here is no
# matter of speed.
target_compile_options(test_random_programs PRIVATE -O0)
