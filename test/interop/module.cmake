# For stackful coroutines.
find_package(Boost 1.81 REQUIRED COMPONENTS context)
target_link_libraries(test_interop PRIVATE Boost::context)
# Not optimised: much to compile, and no matter of speed.
target_compile_options(test_interop PRIVATE -O0)
