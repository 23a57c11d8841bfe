# What hands snapshots to other programs. The core links none of them: each is a target of its own,
# src/<exporter>, and is left out where what it needs isn't found.

set(perf_timer_exporters "")

# perf_timer_add_exporter(NAME LIBRARY...): perf_timer::NAME on what it needs.
function(perf_timer_add_exporter name)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  set(target "perf_timer_${name}")
  add_library("${target}" ${sources})
  add_library("perf_timer::${name}" ALIAS "${target}")
  perf_timer_own_flags("${target}")
  set_target_properties("${target}" PROPERTIES
    EXPORT_NAME "${name}"
    VERSION "${PROJECT_VERSION}"
    SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}")
  target_link_libraries("${target}" PUBLIC perf_timer::perf_timer ${ARGN})
  if(NOT PROJECT_IS_TOP_LEVEL)  # who takes the tree builds what they link
    set_target_properties("${target}" PROPERTIES EXCLUDE_FROM_ALL TRUE)
  endif()
  set(perf_timer_exporters ${perf_timer_exporters} "${name}" PARENT_SCOPE)
endfunction()

function(perf_timer_no_exporter name needs)
  message(STATUS "perf_timer::${name} is not built: it needs ${needs}")
endfunction()

find_package(Boost 1.81 QUIET COMPONENTS json)
if(TARGET Boost::json)
  perf_timer_add_exporter(json Boost::json)
else()
  perf_timer_no_exporter(json "Boost.JSON (Debian: libboost-json1.81-dev)")
endif()

find_package(prometheus-cpp CONFIG QUIET COMPONENTS core)
if(TARGET prometheus-cpp::core)
  perf_timer_add_exporter(prometheus prometheus-cpp::core)
else()
  perf_timer_no_exporter(prometheus "prometheus-cpp (Debian: prometheus-cpp-dev)")
endif()

# The page has the charts of uPlot in it, which is no part of this project: tools/setup gets it.
set(PERF_TIMER_UPLOT_DIR "" CACHE PATH
  "Where uPlot.iife.min.js and uPlot.min.css lie, version 1.6; src/html/page/node_modules if empty")
set(uplot "${PERF_TIMER_UPLOT_DIR}")
if(NOT uplot)
  set(uplot "${PROJECT_SOURCE_DIR}/src/html/page/node_modules/uplot/dist")
endif()
find_file(uplot_license LICENSE PATHS "${uplot}" "${uplot}/.." NO_DEFAULT_PATH NO_CACHE)
if(NOT TARGET Boost::json)
  perf_timer_no_exporter(html "what perf_timer::json needs")
elseif(EXISTS "${uplot}/uPlot.iife.min.js" AND EXISTS "${uplot}/uPlot.min.css" AND uplot_license)
  perf_timer_add_exporter(html perf_timer::json)
  include("${PROJECT_SOURCE_DIR}/cmake/html_page_target.cmake")
else()
  perf_timer_no_exporter(html "uPlot ('npm ci --ignore-scripts' in src/html/page, or set PERF_TIMER_UPLOT_DIR)")
endif()
