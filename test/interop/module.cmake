# Stackful coroutines need it.
find_package(Boost 1.81 REQUIRED COMPONENTS context)
target_link_libraries(test_interop PRIVATE Boost::context)
# Not optimised: these files take long to compile, and the tests don't depend on speed.
target_compile_options(test_interop PRIVATE -O0)
