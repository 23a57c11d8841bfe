# Install and export, for find_package(perf_timer CONFIG).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/perf_timer")

install(TARGETS perf_timer EXPORT perf_timer-targets
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(EXPORT perf_timer-targets NAMESPACE perf_timer:: DESTINATION "${config_dir}")

# Each exporter has a file of its own, so that who doesn't ask for it needn't have what it needs.
# Part of another project, they are there to be linked only.
if(NOT PROJECT_IS_TOP_LEVEL)
  set(perf_timer_exporters "")
endif()
foreach(exporter IN LISTS perf_timer_exporters)
  install(TARGETS "perf_timer_${exporter}" EXPORT "perf_timer-${exporter}")
  install(EXPORT "perf_timer-${exporter}" NAMESPACE perf_timer:: DESTINATION "${config_dir}")
endforeach()

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
