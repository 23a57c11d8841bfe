# A shared library doesn't export the settings. The test program itself isn't tracked.
target_include_directories(test_environment PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_sources(test_environment PRIVATE "${PROJECT_SOURCE_DIR}/src/environment/settings.cpp")

target_sources(test_environment PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/http/client.cpp")
files_of_boost_asio(test_environment http/client.cpp)

target_compile_definitions(test_environment PRIVATE
  "HAS_SERVICE=$<IF:$<TARGET_EXISTS:perf_timer_http>,true,false>")

# What the tests run: programs that know nothing of this library.
function(add_tracked_program name)
  add_executable("test_environment_${name}" ${ARGN})
  target_link_libraries("test_environment_${name}" PRIVATE perf_timer::tracking)
  perf_timer_own_flags("test_environment_${name}")
  add_dependencies(test_environment "test_environment_${name}")
  string(TOUPPER "${name}" upper)
  target_compile_definitions(test_environment PRIVATE
    "${upper}_PROGRAM=\"$<TARGET_FILE:test_environment_${name}>\"")
endfunction()
add_tracked_program(tracked environment/programs/tracked.cpp)

# The plugin uses the host's copy of the library, or both use the shared one.
add_tracked_program(host environment/programs/host.cpp)
target_link_libraries(test_environment_host PRIVATE ${CMAKE_DL_LIBS})
add_library(test_environment_plugin MODULE environment/programs/plugin.cpp)
perf_timer_own_flags(test_environment_plugin)
if(BUILD_SHARED_LIBS)
  target_link_libraries(test_environment_plugin PRIVATE perf_timer::tracking)
else()
  set_target_properties(test_environment_host PROPERTIES ENABLE_EXPORTS ON)
  foreach(of INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_FEATURES)
    set_property(TARGET test_environment_plugin APPEND PROPERTY "${of}"
      "$<TARGET_PROPERTY:perf_timer_tracking,INTERFACE_${of}>"
      "$<TARGET_PROPERTY:perf_timer,INTERFACE_${of}>")
  endforeach()
  target_include_directories(test_environment_plugin SYSTEM PRIVATE ${Boost_INCLUDE_DIRS})
endif()
add_dependencies(test_environment test_environment_plugin)
target_compile_definitions(test_environment PRIVATE
  "PLUGIN=\"$<TARGET_FILE:test_environment_plugin>\"")

# Files that are tracked can't be linked with others that aren't. Each links alone.
# "foreign" includes nothing of this library.
foreach(file IN ITEMS tracked untracked untracked_live foreign)
  set(target "test_environment_mixed_${file}")
  add_library("${target}" OBJECT "environment/mixed/${file}.cpp")
  if(file STREQUAL "foreign")
    target_link_libraries("${target}" PRIVATE Boost::headers)
    target_compile_features("${target}" PRIVATE cxx_std_20)
  else()
    target_link_libraries("${target}" PRIVATE
      "perf_timer::$<IF:$<STREQUAL:${file},tracked>,tracking,perf_timer>")
  endif()
  set_target_properties("${target}" PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options("${target}" PRIVATE -O0 -g0)
  perf_timer_own_flags("${target}")
endforeach()
# What is compiled once, in the library, must not depend on whether Asio is tracked.
set(whole_libraries "")
if(NOT BUILD_SHARED_LIBS)
  set(whole_libraries "-Wl,--whole-archive" "$<TARGET_FILE:perf_timer>" "$<TARGET_FILE:perf_timer_json>"
    "$<TARGET_FILE:perf_timer_tracking>" "-Wl,--no-whole-archive")
endif()
function(add_link_test name)
  list(TRANSFORM ARGN REPLACE "(.+)" "$<TARGET_OBJECTS:test_environment_mixed_\\1>" OUTPUT_VARIABLE objects)
  add_test(NAME "environment.mixed.${name}" COMMAND_EXPAND_LISTS COMMAND "${CMAKE_CXX_COMPILER}"
    -shared -o "${CMAKE_CURRENT_BINARY_DIR}/mixed_${name}.so" ${objects} ${whole_libraries})
  set_tests_properties("environment.mixed.${name}" PROPERTIES TIMEOUT 60)
  if(name MATCHES "foreign" AND name MATCHES "with")
    set(says "scheduler.*post_(immediate|deferred)_completion")
  else()
    set(says "all_files_that_include_asio_are_tracked_or_none")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")  # with libc++, the linker comes to Asio's function first
      list(APPEND says "scheduler.*post_(immediate|deferred)_completion")
    endif()
  endif()
  if(name MATCHES "with")
    set_tests_properties("environment.mixed.${name}" PROPERTIES PASS_REGULAR_EXPRESSION "${says}")
  endif()
endfunction()
add_link_test(tracked tracked)
add_link_test(untracked untracked untracked_live)
add_link_test(untracked_live_and_foreign untracked_live foreign)
add_link_test(tracked_with_untracked tracked untracked)
add_link_test(untracked_live_with_tracked untracked_live tracked)
add_link_test(tracked_with_foreign tracked foreign)
add_link_test(foreign_with_tracked foreign tracked)
