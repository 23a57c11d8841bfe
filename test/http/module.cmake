# The insides of the service aren't exported.
target_include_directories(test_http PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_sources(test_http PRIVATE statistics/failing_new.cpp)
# The parser of requests is Boost.Beast's, and so is the tests' client.
files_of_boost_asio(test_http
  http/client.cpp http/guard.cpp http/page_feed.cpp http/posix_connection.cpp http/request.cpp)
target_link_libraries(test_http PRIVATE perf_timer::http)
target_compile_definitions(test_http PRIVATE
  "HAS_METRICS=$<IF:$<TARGET_EXISTS:perf_timer_prometheus>,true,false>")

# Those that end a program need a system of the POSIX kind.
if(WIN32)
  return()
endif()

# Programs that end, fork, and run out of everything while they are served.
add_executable(test_http_program "${folder}/programs/served.cpp")
target_link_libraries(test_http_program PRIVATE perf_timer::http)
perf_timer_own_flags(test_http_program)
if(PERF_TIMER_SANITIZE MATCHES "undefined")
  # Threads call a static timer after its destructor has run, as they may at exit.
  target_compile_options(test_http_program PRIVATE -fno-sanitize=vptr)
endif()
add_dependencies(test_http test_http_program)
target_compile_definitions(test_http PRIVATE
  "SERVED_PROGRAM=\"$<TARGET_FILE:test_http_program>\"")
