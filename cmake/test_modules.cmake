# Which tests run in which builds: one row for each folder of test/. Presets name their build in
# PERF_TIMER_TEST_BUILD; release and debug are "full".

set(PERF_TIMER_TEST_BUILD full CACHE STRING
  "The build whose tests are built: a column of cmake/test_modules.cmake")
set(PERF_TIMER_TEST_MODULES "" CACHE STRING
  "The folders of test/ to build, such as span;asio; those of the build if empty")

set(test_table
  "as_msvc                                                                                     windows"
  "asio              full clang compat asan tsan coverage shared libcxx arm64 arm32 musl macos windows standalone"
  "b2                full"
  "beacon            full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows"
  "beast_examples    full"
  "binary            full"
  "both_asios        full"
  "callback_servers  full                                                                              standalone"
  "clock             full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows"
  "cobalt            full clang        asan"
  "compatibility     full clang compat asan tsan coverage shared libcxx arm64 arm32 musl macos windows standalone"
  "compile_cost      full"
  "conservation      full clang             tsan coverage        libcxx arm64 arm32 musl macos windows standalone"
  "consumer          full clang                           shared                                       standalone"
  "cost              full                                                                              standalone"
  "docs              full                                                                              standalone"
  "does_not_compile  full clang                                                                        standalone"
  "environment       full clang        asan tsan          shared libcxx arm64                          standalone"
  "faults            full clang        asan      coverage        libcxx             musl       windows standalone"
  "format            full"
  "headers           full clang                                                                        standalone"
  "html              full              asan"
  "http              full clang        asan tsan                 libcxx arm64 arm32 musl macos windows standalone"
  "http_fuzz              clang"
  "interop           full       compat asan      coverage        libcxx arm64 arm32 musl macos windows standalone"
  "json              full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows standalone"
  "layout            full"
  "live              full clang        asan tsan coverage        libcxx arm64       musl macos windows standalone"
  "perf_top          full"
  "planted_race                             tsan"
  "planting          full              asan                                                            standalone"
  "platform          full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows"
  "prometheus        full              asan                                                            standalone"
  "random_programs   full clang        asan      coverage        libcxx arm64 arm32 musl macos windows standalone"
  "recorder          full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows"
  "report            full clang        asan tsan coverage shared libcxx arm64 arm32 musl macos windows"
  "span              full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows"
  "stacktrace        full              asan                      libcxx arm64                          standalone"
  "statistics        full clang        asan      coverage        libcxx arm64 arm32 musl macos windows"
  "timers            full clang        asan tsan coverage shared libcxx arm64 arm32 musl macos windows standalone"
  "trace             full clang        asan tsan coverage        libcxx arm64 arm32 musl macos windows standalone"
  "tracked_examples  full"
  "tracked_reports   full              asan                                                            standalone"
  "tracked_runs      full              asan                      libcxx arm64 arm32                    standalone"
  "tracking          full clang        asan tsan coverage        libcxx arm64                          standalone"
  "weak_orders                                                                                                    weak_orders")

set(known_folders "")
set(known_builds "")
set(folders_of_build "")
foreach(row IN LISTS test_table)
  string(REGEX MATCHALL "[a-z0-9_]+" builds "${row}")
  list(POP_FRONT builds folder)
  list(APPEND known_folders "${folder}")
  list(APPEND known_builds ${builds})
  if(PERF_TIMER_TEST_BUILD IN_LIST builds)
    list(APPEND folders_of_build "${folder}")
  endif()
endforeach()

if(NOT PERF_TIMER_TEST_BUILD IN_LIST known_builds)
  message(FATAL_ERROR "PERF_TIMER_TEST_BUILD is \"${PERF_TIMER_TEST_BUILD}\", which no row of "
    "cmake/test_modules.cmake has.")
endif()

set(test_folders "${PERF_TIMER_TEST_MODULES}")
if(NOT test_folders)
  set(test_folders "${folders_of_build}")
endif()

# No folder is forgotten, and no name misspelt.
file(GLOB found CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/test"
  "${PROJECT_SOURCE_DIR}/test/*/main.cpp" "${PROJECT_SOURCE_DIR}/test/*/CMakeLists.txt")
list(TRANSFORM found REPLACE "/.*" "")
foreach(folder IN LISTS found test_folders)
  if(NOT folder IN_LIST known_folders)
    message(FATAL_ERROR "test/${folder} has no row in cmake/test_modules.cmake. Add one that says "
      "in which builds it runs.")
  endif()
endforeach()
