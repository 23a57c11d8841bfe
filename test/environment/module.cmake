# A shared library doesn't export the settings. The test program itself isn't tracked.
target_include_directories(test_environment PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_sources(test_environment PRIVATE "${PROJECT_SOURCE_DIR}/src/environment/settings.cpp")

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
endif()
add_dependencies(test_environment test_environment_plugin)
target_compile_definitions(test_environment PRIVATE
  "PLUGIN=\"$<TARGET_FILE:test_environment_plugin>\"")
