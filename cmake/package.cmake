# 'cpack -G DEB' makes Debian packages: libperf-timer-dev, and libperf-timer-json-dev and so on for the
# exporters. Of shared libraries also libperf-timer0.1 and so on, which have what programs need to run.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME perf-timer)
set(CPACK_PACKAGE_VENDOR "the perf_timer authors")
set(CPACK_PACKAGE_CONTACT "the perf_timer authors <perf_timer@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Instrumenting performance timer for Boost.Asio")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES OFF)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)  # a package for each component
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Moves the licences to where Debian wants them.
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/debian_copyright.cmake")

set(soversion "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}")
set(same_version "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_COMPONENTS_ALL "")

# perf_timer_package(TARGET DESCRIPTION text DEPENDS package...)
macro(perf_timer_package target)
  cmake_parse_arguments(arg "" "DESCRIPTION" "DEPENDS" ${ARGN})
  string(REPLACE "_" "-" package "lib${target}")
  string(TOUPPER "${target}_development" development)
  string(TOUPPER "${target}_runtime" runtime)
  list(APPEND CPACK_COMPONENTS_ALL "${target}_development")
  set(CPACK_DEBIAN_${development}_PACKAGE_NAME "${package}-dev")
  set(CPACK_DEBIAN_${development}_PACKAGE_SECTION libdevel)
  set(CPACK_COMPONENT_${development}_DESCRIPTION
    "${arg_DESCRIPTION}\nThis package has what programs that use it need to be built.")
  set(depends ${arg_DEPENDS})
  if(BUILD_SHARED_LIBS)
    list(PREPEND depends "${package}${soversion} ${same_version}")
    list(APPEND CPACK_COMPONENTS_ALL "${target}_runtime")
    set(CPACK_DEBIAN_${runtime}_PACKAGE_NAME "${package}${soversion}")
    set(CPACK_DEBIAN_${runtime}_PACKAGE_SECTION libs)
    set(CPACK_COMPONENT_${runtime}_DESCRIPTION
      "${arg_DESCRIPTION}\nThis package has the shared library.")
    # Which packages have the libraries that it links; our own are found in the build.
    set(CPACK_DEBIAN_${runtime}_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_${runtime}_PACKAGE_GENERATE_SHLIBS ON)
    if(NOT target STREQUAL "perf_timer")
      set(CPACK_DEBIAN_${runtime}_PACKAGE_DEPENDS "libperf-timer${soversion} ${same_version}")
    endif()
  endif()
  list(JOIN depends ", " CPACK_DEBIAN_${development}_PACKAGE_DEPENDS)
endmacro()

set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}")
perf_timer_package(perf_timer DESCRIPTION
"Measures requests, coroutines and handlers of a server on Boost.Asio:
how long each executes, waits for a thread or a strand, and is idle."
  DEPENDS "libboost${perf_timer_boost}-dev")
# For perf_timer::standalone.
set(CPACK_DEBIAN_PERF_TIMER_DEVELOPMENT_PACKAGE_SUGGESTS "libasio-dev (>= 1:1.22)")
foreach(exporter IN LISTS perf_timer_exporters)
  set(needs ${perf_timer_${exporter}_DEBIAN})
  foreach(other IN LISTS perf_timer_${exporter}_NEEDS)
    list(APPEND needs "libperf-timer-${other}-dev ${same_version}")
  endforeach()
  perf_timer_package("perf_timer_${exporter}"
    DESCRIPTION "Hands what perf_timer has measured to other programs: ${exporter}."
    DEPENDS "libperf-timer-dev ${same_version}" ${needs})
endforeach()

include(CPack)
