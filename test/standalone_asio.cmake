# With PERF_TIMER_STANDALONE_ASIO, all programs of these tests use standalone Asio. They include
# <boost/asio/NAME.hpp> and say boost::asio, as everywhere else. In front of Boost there is a folder in the
# build tree, with a <boost/asio/NAME.hpp> for each <asio/NAME.hpp> of standalone Asio: it includes that, and
# makes boost::asio another name of asio. Nothing of Boost.Asio is included, nor Boost.Beast.

perf_timer_find_standalone_asio(asio_folder)
if(NOT asio_folder)
  message(FATAL_ERROR "PERF_TIMER_STANDALONE_ASIO is on, and standalone Asio 1.26 or newer is not found. Set "
    "PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR to where its asio.hpp is.")
endif()
set(named_boost "${CMAKE_CURRENT_BINARY_DIR}/named_boost")
file(REMOVE_RECURSE "${named_boost}")  # another version of Asio may have left headers
file(GLOB_RECURSE headers RELATIVE "${asio_folder}" "${asio_folder}/asio.hpp" "${asio_folder}/asio/*.hpp")
foreach(header IN LISTS headers)
  set(text "#pragma once\n#include <${header}>\nnamespace asio {}\nnamespace boost { namespace asio = ::asio; }\n")
  if(header STREQUAL "asio/version.hpp")
    string(APPEND text "#define BOOST_ASIO_VERSION ASIO_VERSION\n")
  endif()
  file(WRITE "${named_boost}/boost/${header}" "${text}")
endforeach()

add_compile_definitions(PERF_TIMER_STANDALONE_ASIO)
include_directories(SYSTEM BEFORE "${named_boost}" "${asio_folder}")
