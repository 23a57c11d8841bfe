# How this project compiles its own files. Nothing here reaches a consumer.

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
  endif()
  set(CMAKE_CXX_EXTENSIONS OFF)
  find_program(CCACHE ccache)
  if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
  endif()
endif()

if(PERF_TIMER_SANITIZE)
  add_compile_options("-fsanitize=${PERF_TIMER_SANITIZE}" -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options("-fsanitize=${PERF_TIMER_SANITIZE}")
  if(PERF_TIMER_SANITIZE MATCHES "thread")
    # TSan knows no atomic_thread_fence, which Asio uses: g++ warns of that, and the header that
    # is included here makes up for it.
    add_compile_options("SHELL:-include ${CMAKE_CURRENT_SOURCE_DIR}/test/common/tsan_asio.hpp")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-Wno-tsan)
    endif()
  endif()
endif()

function(perf_timer_own_flags target)
  if(PERF_TIMER_STRICT)
    target_compile_options("${target}" PRIVATE
      -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
    if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
      # Files that are compiled as one hide names of each other.
      target_compile_options("${target}" PRIVATE -Wno-shadow)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # It sees an overlap in "literal" + std::string that isn't there (GCC bug 105651).
      target_compile_options("${target}" PRIVATE -Wno-restrict)
    endif()
  endif()
endfunction()
