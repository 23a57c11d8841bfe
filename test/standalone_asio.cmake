# With PERF_TIMER_STANDALONE_ASIO, all programs of these tests use standalone Asio. They include
# <boost/asio/NAME.hpp> and say boost::asio, as everywhere else. In front of Boost there is a folder in the
# build tree, with a <boost/asio/NAME.hpp> for each <asio/NAME.hpp> of standalone Asio: it includes that, and
# makes boost::asio another name of asio. Nothing of Boost.Asio is included, nor Boost.Beast, but by files
# that are about the service, which has a parser of Boost.Beast's in it (files_of_boost_asio).

perf_timer_find_standalone_asio(asio_folder)
if(NOT asio_folder)
  message(FATAL_ERROR "PERF_TIMER_STANDALONE_ASIO is on, and standalone Asio 1.22 or newer is not found. Set "
    "PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR to where its asio.hpp is.")
endif()
file(STRINGS "${asio_folder}/asio/version.hpp" version REGEX "#define ASIO_VERSION ")
string(REGEX REPLACE ".*ASIO_VERSION ([0-9]+).*" "\\1" version "${version}")
set(named_boost "${PROJECT_BINARY_DIR}/named_boost/${version}")  # each version has other headers
set(named_asio "namespace asio {}\nnamespace boost { namespace asio = ::asio; }\n")
file(GLOB_RECURSE headers RELATIVE "${asio_folder}" "${asio_folder}/asio.hpp" "${asio_folder}/asio/*.hpp")
foreach(header IN LISTS headers)
  set(text "#pragma once\n#include <${header}>\n${named_asio}")
  if(header STREQUAL "asio/version.hpp")
    string(APPEND text "#define BOOST_ASIO_VERSION ASIO_VERSION\n")
  endif()
  file(CONFIGURE OUTPUT "${named_boost}/boost/${header}" CONTENT "${text}" @ONLY)
endforeach()
# What older versions have in asio::experimental, tests find in asio.
foreach(row IN ITEMS "append" "as_tuple as_tuple_t" "deferred deferred_t is_deferred" "prepend")
  string(REPLACE " " ";" names "${row}")
  list(GET names 0 header)
  if(NOT "asio/${header}.hpp" IN_LIST headers AND "asio/experimental/${header}.hpp" IN_LIST headers)
    list(JOIN names "; using experimental::" names)
    file(CONFIGURE OUTPUT "${named_boost}/boost/asio/${header}.hpp" @ONLY CONTENT
      "#pragma once\n#include <asio/experimental/${header}.hpp>\n${named_asio}namespace asio { using experimental::${names}; }\n")
  endif()
endforeach()
# What this version doesn't have must not be found in Boost.
file(GLOB_RECURSE of_boost RELATIVE "${Boost_INCLUDE_DIRS}" "${Boost_INCLUDE_DIRS}/boost/asio/*.hpp")
foreach(header IN LISTS of_boost)
  if(NOT EXISTS "${named_boost}/${header}")
    file(CONFIGURE OUTPUT "${named_boost}/${header}" @ONLY CONTENT
      "#error \"this standalone Asio has no ${header}\"\n")
  endif()
endforeach()

add_compile_definitions(PERF_TIMER_STANDALONE_ASIO)
include_directories(BEFORE SYSTEM "${named_boost}" "${asio_folder}")

# written_for_standalone_asio(OUT FILE): a copy of FILE that includes <asio/NAME.hpp> and says asio, as a user
# of standalone Asio writes it. Empty if it uses what this Asio doesn't have, or Boost.Beast.
function(written_for_standalone_asio out file)
  set(${out} "" PARENT_SCOPE)
  cmake_path(GET file FILENAME name)
  file(STRINGS "${file}" includes REGEX "^#include <boost/(asio|beast)")
  foreach(include IN LISTS includes)
    string(REGEX REPLACE ".*<boost/([^>]*)>.*" "\\1" header "${include}")
    if(NOT EXISTS "${asio_folder}/${header}")
      message(STATUS "${name} isn't tested: this standalone Asio has no ${header}")
      return()
    endif()
  endforeach()
  file(READ "${file}" text)
  string(REPLACE "namespace asio = boost::asio;\n" "" text "${text}")
  string(REPLACE "boost::asio" "asio" text "${text}")
  string(REPLACE "<boost/asio" "<asio" text "${text}")
  string(REPLACE "boost::system::error_code" "std::error_code" text "${text}")
  string(REPLACE "<boost/system/error_code.hpp>" "<system_error>" text "${text}")
  set(copy "${CMAKE_CURRENT_BINARY_DIR}/standalone/${name}")
  file(CONFIGURE OUTPUT "${copy}" CONTENT "${text}" @ONLY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  set(${out} "${copy}" PARENT_SCOPE)
endfunction()
