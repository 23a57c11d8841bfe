# The exporters hand snapshots to other programs, or need another library for what they add. Each is a
# library of its own, src/<exporter>, that the core doesn't link. An exporter is left out if what it needs
# isn't found.

set(perf_timer_exporters "")

# perf_timer_add_exporter(NAME
#   HEADERS name...     what only this library implements: headers, and its folder in detail/
#   NEEDS name...       the exporters that it links
#   LINKS library...    what else it needs, as CMake's targets
#   PC_REQUIRES name... what its headers need, as far as pkg-config knows it
#   PC_PRIVATE name...  what only the library itself needs
#   PC_LIBS flag...     what its headers need and pkg-config doesn't know
#   DEBIAN package...   and the Debian packages that have it
#   FOLDER name         where its sources are, below src, if not in NAME
#   DEFINES name...)    what programs that link it define
# Makes perf_timer::NAME.
function(perf_timer_add_exporter name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "DEFINES;HEADERS;NEEDS;LINKS;PC_REQUIRES;PC_PRIVATE;PC_LIBS;DEBIAN")
  if(NOT arg_FOLDER)
    set(arg_FOLDER "${name}")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${arg_FOLDER}/*.cpp")
  perf_timer_add_library("perf_timer_${name}" ${sources})
  list(TRANSFORM arg_NEEDS PREPEND perf_timer:: OUTPUT_VARIABLE needed)
  target_link_libraries("perf_timer_${name}" PUBLIC perf_timer::perf_timer ${needed} ${arg_LINKS})
  list(TRANSFORM arg_NEEDS PREPEND perf_timer_ OUTPUT_VARIABLE needed)
  list(PREPEND arg_PC_REQUIRES ${needed})
  target_compile_definitions("perf_timer_${name}" INTERFACE ${arg_DEFINES})
  foreach(header IN LISTS arg_HEADERS)
    if(NOT EXISTS "${PROJECT_SOURCE_DIR}/include/perf_timer/${header}")
      message(FATAL_ERROR "cmake/exporters.cmake: perf_timer::${name} has no header ${header}.")
    endif()
  endforeach()
  if(NOT PROJECT_IS_TOP_LEVEL AND NOT PERF_TIMER_INSTALL)
    # Another project builds the exporters that it links, and no others.
    set_target_properties("perf_timer_${name}" PROPERTIES EXCLUDE_FROM_ALL TRUE)
  endif()
  foreach(property HEADERS DEFINES NEEDS PC_REQUIRES PC_PRIVATE PC_LIBS DEBIAN)
    set(perf_timer_${name}_${property} ${arg_${property}} PARENT_SCOPE)
  endforeach()
  set(perf_timer_exporters ${perf_timer_exporters} "${name}" PARENT_SCOPE)
endfunction()

# Which Boost it is that was found, in the name of Debian's packages.
set(perf_timer_boost "${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR}")

if(NOT TARGET Boost::json)
  find_package(Boost 1.81 QUIET COMPONENTS json)
endif()
if(TARGET Boost::json)
  perf_timer_add_exporter(json
    HEADERS flight_recorder.hpp json_report.hpp timers_from_json.hpp to_json.hpp write_trace.hpp
    LINKS Boost::json
    PC_LIBS -lboost_json
    DEBIAN "libboost-json${perf_timer_boost}-dev")
else()
  perf_timer_no_exporter(json NEEDS Boost.JSON DEBIAN libboost-json1.81-dev SET Boost_ROOT)
endif()

if(NOT TARGET prometheus-cpp::core)
  find_package(prometheus-cpp CONFIG QUIET COMPONENTS core)
endif()
if(TARGET prometheus-cpp::core)
  perf_timer_add_exporter(prometheus
    HEADERS metric_families.hpp prometheus_collector.hpp prometheus_options.hpp prometheus_text.hpp
      detail/prometheus
    LINKS prometheus-cpp::core
    PC_REQUIRES prometheus-cpp-core
    DEBIAN prometheus-cpp-dev)
else()
  perf_timer_no_exporter(prometheus
    NEEDS prometheus-cpp DEBIAN prometheus-cpp-dev SET prometheus-cpp_ROOT)
endif()

if(NOT TARGET Boost::stacktrace_backtrace)
  find_package(Boost 1.81 QUIET COMPONENTS stacktrace_backtrace)
endif()
if(TARGET Boost::stacktrace_backtrace)
  perf_timer_add_exporter(stacktrace
    HEADERS stacktrace_symbols.hpp
    LINKS Boost::stacktrace_backtrace
    PC_LIBS -lboost_stacktrace_backtrace
    DEBIAN "libboost-stacktrace${perf_timer_boost}-dev")
else()
  perf_timer_no_exporter(stacktrace
    NEEDS "Boost.Stacktrace with libbacktrace" DEBIAN libboost-stacktrace1.81-dev SET Boost_ROOT)
endif()

# The page contains uPlot, which draws the charts. uPlot is not in this repository: tools/setup gets it.
set(PERF_TIMER_UPLOT_DIR "" CACHE PATH
  "Where uPlot.iife.min.js and uPlot.min.css lie, version 1.6; src/html/page/node_modules if empty")
set(uplot "${PERF_TIMER_UPLOT_DIR}")
if(NOT uplot)
  set(uplot "${PROJECT_SOURCE_DIR}/src/html/page/node_modules/uplot/dist")
endif()
find_file(uplot_license LICENSE PATHS "${uplot}" "${uplot}/.." NO_DEFAULT_PATH NO_CACHE)
if(NOT TARGET Boost::json)
  perf_timer_no_exporter(html NEEDS Boost.JSON DEBIAN libboost-json1.81-dev SET Boost_ROOT)
elseif(EXISTS "${uplot}/uPlot.iife.min.js" AND EXISTS "${uplot}/uPlot.min.css" AND uplot_license)
  perf_timer_add_exporter(html
    HEADERS html_page.hpp write_html.hpp
    NEEDS json)
  include("${PROJECT_SOURCE_DIR}/cmake/html_page_target.cmake")
else()
  perf_timer_no_exporter(html NEEDS "uPlot 1.6"
    GET "npm ci --ignore-scripts (in ${PROJECT_SOURCE_DIR}/src/html/page)" SET PERF_TIMER_UPLOT_DIR)
endif()

# The service shows what the other exporters make, as far as they are there.
if(NOT TARGET Boost::url)
  find_package(Boost 1.81 QUIET COMPONENTS url)
endif()
if(TARGET Boost::json AND TARGET Boost::url)
  set(shown "")
  foreach(exporter IN ITEMS html prometheus)
    if(TARGET perf_timer_${exporter})
      list(APPEND shown "${exporter}")
    endif()
  endforeach()
  perf_timer_add_exporter(http
    HEADERS serve.hpp
    NEEDS json ${shown}
    LINKS Boost::url
    PC_LIBS -lboost_url
    DEBIAN "libboost-url${perf_timer_boost}-dev")
  foreach(exporter IN LISTS shown)
    string(TOUPPER "${exporter}" upper)
    target_compile_definitions(perf_timer_http PRIVATE "PERF_TIMER_HTTP_HAS_${upper}")
  endforeach()
else()
  perf_timer_no_exporter(http NEEDS "Boost.JSON and Boost.URL"
    DEBIAN "libboost-json1.81-dev libboost-url1.81-dev" SET Boost_ROOT)
endif()

# A program that links this is measured. It needs what tells of stalls and what writes traces.
set(service "")
if(TARGET perf_timer_http)
  set(service http)
endif()
if(TARGET Boost::json AND TARGET Boost::stacktrace_backtrace)
  perf_timer_add_exporter(tracking
    FOLDER environment
    HEADERS tracking.hpp detail/environment
    NEEDS json ${service} stacktrace
    # Whichever Asio a file includes.
    DEFINES "BOOST_ASIO_CUSTOM_HANDLER_TRACKING=<perf_timer/tracking.hpp>"
      "ASIO_CUSTOM_HANDLER_TRACKING=<perf_timer/tracking.hpp>"
    DEBIAN "libboost-json${perf_timer_boost}-dev" "libboost-stacktrace${perf_timer_boost}-dev")
  if(service)
    target_compile_definitions(perf_timer_tracking PRIVATE PERF_TIMER_ENVIRONMENT_HAS_HTTP)
  endif()
else()
  perf_timer_no_exporter(tracking NEEDS "Boost.JSON, and Boost.Stacktrace with libbacktrace"
    DEBIAN "libboost-json1.81-dev libboost-stacktrace1.81-dev" SET Boost_ROOT)
endif()

get_property(missing GLOBAL PROPERTY perf_timer_missing)
if(missing)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}"
    CALL perf_timer_explain_missing "${CMAKE_SOURCE_DIR}")
endif()
