# Only in a terminal of its own can a test type Ctrl-C.
if(WIN32 AND CMAKE_CROSSCOMPILING_EMULATOR)
  find_package(Python3 COMPONENTS Interpreter)
  if(Python3_FOUND)
    add_executable(test_platform_console_control platform/programs/console_control.cpp)
    target_include_directories(test_platform_console_control PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    target_link_libraries(test_platform_console_control PRIVATE perf_timer::perf_timer)
    perf_timer_own_flags(test_platform_console_control)
    add_dependencies(test_platform test_platform_console_control)
    add_test(NAME platform.console_control COMMAND Python3::Interpreter -B
      "${CMAKE_CURRENT_SOURCE_DIR}/platform/console_control.py" ${CMAKE_CROSSCOMPILING_EMULATOR}
      "$<TARGET_FILE:test_platform_console_control>")
    set_tests_properties(platform.console_control PROPERTIES TIMEOUT 120)
  endif()
endif()
