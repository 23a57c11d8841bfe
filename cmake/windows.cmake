# Windows on x86-64 by clang 19, with Debian's MinGW-w64 for headers and libraries. wine64 runs the programs.
# MinGW's own g++ can't be used: include/perf_timer/detail/platform/export.hpp says why.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_CXX_COMPILER_TARGET x86_64-w64-mingw32)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# libstdc++ comes in two variants. That with the threads of winpthreads has std::mutex and std::thread, but
# clang takes the other one.
file(GLOB posix_variant "/usr/lib/gcc/x86_64-w64-mingw32/*-posix")
if(NOT posix_variant)
  message(FATAL_ERROR "There is no libstdc++ for Windows: apt-get install g++-mingw-w64-x86-64-posix (Debian).")
endif()
list(GET posix_variant -1 posix_variant)
set(libstdcxx "${posix_variant}/include/c++")
# Asio asks which Windows it is for: 0x0A00 is Windows 10.
set(CMAKE_CXX_FLAGS_INIT
  "-nostdinc++ -isystem ${libstdcxx} -isystem ${libstdcxx}/x86_64-w64-mingw32 -D_WIN32_WINNT=0x0A00")
# lld finds how to unwind a function of libstdc++'s by a symbol that Debian has stripped, and else leaves it out:
# no exception passes through the function then. Sections that aren't COMDAT are always linked.
set(unwinding_libstdcxx "${CMAKE_BINARY_DIR}/libstdcxx")
get_property(trying GLOBAL PROPERTY IN_TRY_COMPILE)
if(NOT trying AND NOT EXISTS "${unwinding_libstdcxx}/libstdc++.a")
  file(MAKE_DIRECTORY "${unwinding_libstdcxx}")
  execute_process(COMMAND x86_64-w64-mingw32-objcopy --wildcard
    --set-section-flags ".pdata$*=alloc,load,readonly,data"
    "${posix_variant}/libstdc++.a" "${unwinding_libstdcxx}/libstdc++.a" COMMAND_ERROR_IS_FATAL ANY)
endif()
# wine finds no DLLs of MinGW's. GNU ld takes minutes for a program.
set(CMAKE_EXE_LINKER_FLAGS_INIT
  "-static -pthread -fuse-ld=lld -L${unwinding_libstdcxx} -L${posix_variant}")
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)

# Debian has Boost's headers beside those of the machine, which a program for Windows must not see.
if(NOT Boost_ROOT)
  set(boost_alone "${CMAKE_BINARY_DIR}/boost_alone")
  file(MAKE_DIRECTORY "${boost_alone}/include")
  if(NOT EXISTS "${boost_alone}/include/boost")
    file(CREATE_LINK /usr/include/boost "${boost_alone}/include/boost" SYMBOLIC)
  endif()
  set(Boost_ROOT "${boost_alone}")
  set(Boost_NO_BOOST_CMAKE ON)
  set(Boost_NO_SYSTEM_PATHS ON)
endif()
list(APPEND CMAKE_FIND_ROOT_PATH "${Boost_ROOT}")

# Debian's package of wine64 has it beside its libraries only. It says nothing, and has a folder of its own.
find_program(wine NAMES wine64 wine PATHS /usr/lib/wine NO_CACHE)
if(wine)
  set(CMAKE_CROSSCOMPILING_EMULATOR env WINEDEBUG=-all "WINEPREFIX=${CMAKE_BINARY_DIR}/wine" "${wine}")
endif()
