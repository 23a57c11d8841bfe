# For stackful coroutines.
find_package(Boost 1.81 REQUIRED COMPONENTS context)
target_link_libraries(test_interop PRIVATE Boost::context)
