# Installs the libraries for find_package(perf_timer CONFIG) and for pkg-config.
#
# Components are perf_timer_runtime and perf_timer_development; each exporter has two of its own,
# perf_timer_json_runtime and so on, for not everybody has what it needs.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include("${CMAKE_CURRENT_LIST_DIR}/pkgconfig.cmake")

set(config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/perf_timer")

# perf_timer_install(TARGET EXPORT_SET): the library, its part of the config, and the licence.
function(perf_timer_install target export)
  install(TARGETS "${target}" EXPORT "${export}"
    RUNTIME COMPONENT "${target}_runtime"
    LIBRARY COMPONENT "${target}_runtime" NAMELINK_COMPONENT "${target}_development"
    ARCHIVE COMPONENT "${target}_development"
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT "${export}" NAMESPACE perf_timer:: DESTINATION "${config_dir}"
    COMPONENT "${target}_development")
  set(parts development)
  if(BUILD_SHARED_LIBS)
    list(APPEND parts runtime)
  endif()
  foreach(part IN LISTS parts)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
      DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/perf_timer" COMPONENT "${target}_${part}")
    if(target STREQUAL "perf_timer_html")  # uPlot is in the page
      install(FILES "${uplot_license}" RENAME LICENSE.uPlot
        DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/perf_timer" COMPONENT "${target}_${part}")
    endif()
  endforeach()
endfunction()

# What every program compiles and links with.
set(flags "-pthread")
foreach(definition IN LISTS PERF_TIMER_ASIO_DEFINITIONS)
  list(APPEND flags "-D${definition}")
endforeach()
foreach(folder IN LISTS PERF_TIMER_ASIO_INCLUDE_DIR Boost_INCLUDE_DIRS)
  if(NOT folder IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
    list(APPEND flags "-I${folder}")
  endif()
endforeach()
install(TARGETS perf_timer_standalone EXPORT perf_timer-targets)
perf_timer_install(perf_timer perf_timer-targets)
perf_timer_pkgconfig(perf_timer COMPONENT perf_timer_development
  DESCRIPTION "${PROJECT_DESCRIPTION}" LIBS -pthread CFLAGS ${flags})
set(flags -DPERF_TIMER_STANDALONE_ASIO)
if(PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR)
  list(APPEND flags "-I${PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR}")
endif()
perf_timer_pkgconfig(perf_timer_standalone COMPONENT perf_timer_development INTERFACE
  DESCRIPTION "${PROJECT_DESCRIPTION}, for programs with standalone Asio"
  REQUIRES "perf_timer = ${PROJECT_VERSION}" CFLAGS ${flags})

set(of_exporters "")
foreach(exporter IN LISTS perf_timer_exporters)
  set(target "perf_timer_${exporter}")
  perf_timer_install("${target}" "perf_timer-${exporter}")
  set(folders "")
  foreach(folder IN LISTS Boost_LIBRARY_DIRS)
    if(NOT folder IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
      list(APPEND folders "-L${folder}")
    endif()
  endforeach()
  set(definitions ${${target}_DEFINES})
  list(TRANSFORM definitions PREPEND "-D")
  list(TRANSFORM definitions REPLACE "<(.*)>" "'<\\1>'")
  perf_timer_pkgconfig("${target}" COMPONENT "${target}_development"
    DESCRIPTION "${PROJECT_DESCRIPTION}: ${exporter}" CFLAGS ${definitions}
    REQUIRES "perf_timer = ${PROJECT_VERSION}" ${${target}_PC_REQUIRES}
    PRIVATE ${${target}_PC_PRIVATE} LIBS ${folders} ${${target}_PC_LIBS})
  foreach(header IN LISTS ${target}_HEADERS)
    list(APPEND of_exporters PATTERN "include/perf_timer/${header}" EXCLUDE)
    cmake_path(GET header PARENT_PATH folder)
    if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/include/perf_timer/${header}")
      install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/perf_timer/${header}"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/perf_timer/${folder}"
        COMPONENT "${target}_development" FILES_MATCHING PATTERN "*.hpp")
    else()
      install(FILES "${PROJECT_SOURCE_DIR}/include/perf_timer/${header}"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/perf_timer/${folder}"
        COMPONENT "${target}_development")
    endif()
  endforeach()
endforeach()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  COMPONENT perf_timer_development FILES_MATCHING PATTERN "*.hpp" ${of_exporters})

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/perf_timer-config.cmake.in"
  "${PROJECT_BINARY_DIR}/perf_timer-config.cmake"
  INSTALL_DESTINATION "${config_dir}")
# Before 1.0 a minor version may break what the one before promised.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/perf_timer-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/perf_timer-config.cmake"
  "${PROJECT_BINARY_DIR}/perf_timer-config-version.cmake"
  DESTINATION "${config_dir}" COMPONENT perf_timer_development)
