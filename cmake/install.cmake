# Install and export, for find_package(perf_timer CONFIG).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/perf_timer")

install(TARGETS perf_timer EXPORT perf_timer-targets
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
set(has_json OFF)
if(TARGET perf_timer_json)
  set(has_json ON)
  install(TARGETS perf_timer_json EXPORT perf_timer-targets
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
endif()
install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(EXPORT perf_timer-targets NAMESPACE perf_timer:: DESTINATION "${config_dir}")

configure_package_config_file(cmake/perf_timer-config.cmake.in
  "${CMAKE_CURRENT_BINARY_DIR}/perf_timer-config.cmake"
  INSTALL_DESTINATION "${config_dir}")
# Before 1.0 a minor version may break what the one before promised.
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/perf_timer-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${CMAKE_CURRENT_BINARY_DIR}/perf_timer-config.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/perf_timer-config-version.cmake"
  DESTINATION "${config_dir}")
