# What all libraries of this project have in common.

# perf_timer_add_library(TARGET SOURCE...)
function(perf_timer_add_library target)
  if(WIN32 AND BUILD_SHARED_LIBS)
    message(FATAL_ERROR "perf_timer can't be a DLL: it has thread_locals that programs use, which no DLL "
      "can offer. Set BUILD_SHARED_LIBS=OFF.")
  endif()
  add_library("${target}" ${ARGN})
  string(REGEX REPLACE "^perf_timer_" "" name "${target}")
  add_library("perf_timer::${name}" ALIAS "${target}")
  perf_timer_own_flags("${target}")
  set_target_properties("${target}" PROPERTIES
    EXPORT_NAME "${name}"
    VERSION "${PROJECT_VERSION}"
    # Before 1.0 a minor version may break what the one before promised.
    SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}"
    # Only what has PERF_TIMER_EXPORT is seen outside. A static library is hidden too: a shared
    # library that it is linked into doesn't offer this project's insides to others.
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  if(UNIX AND NOT APPLE)
    # One finds another beside itself, wherever they are installed.
    set_target_properties("${target}" PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  if(NOT DEFINED CMAKE_POSITION_INDEPENDENT_CODE)
    # So that somebody's shared library can link the static one. The linker turns accesses to
    # thread_locals into cheap ones again when it makes a program.
    set_target_properties("${target}" PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT APPLE AND NOT WIN32)
    # Without it, g++ inlines no exported function into another of the same file, for a program could
    # replace it.
    target_compile_options("${target}" PRIVATE -fno-semantic-interposition)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A shared library that has one unique symbol, if only of the standard library, is never unloaded.
    target_compile_options("${target}" PRIVATE -fno-gnu-unique)
  endif()
endfunction()
