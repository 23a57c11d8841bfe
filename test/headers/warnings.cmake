# The warnings that users may ask for in their own files, where this library's headers stand beside
# their own code. A header must give none of them. doc/compatibility.md lists those that are left
# out here, and why no library can avoid them.

set(clang_warnings
  -Weverything
  -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-c++98-compat-local-type-template-args
  -Wno-pre-c++14-compat -Wno-pre-c++17-compat -Wno-pre-c++17-compat-pedantic
  -Wno-pre-c++20-compat -Wno-pre-c++20-compat-pedantic -Wno-c++20-compat
  -Wno-padded -Wno-weak-vtables -Wno-exit-time-destructors -Wno-global-constructors)

set(gnu_warnings
  -Walloc-zero -Walloca -Warith-conversion -Wcast-align=strict -Wcast-qual -Wcatch-value=3
  -Wcomma-subscript -Wconditionally-supported -Wctor-dtor-privacy -Wdate-time
  -Wdeprecated-copy-dtor -Wdisabled-optimization -Wdouble-promotion -Wduplicated-branches
  -Wduplicated-cond -Wextra-semi -Wfloat-equal -Wformat=2 -Wformat-signedness -Wlogical-op
  -Wmismatched-tags -Wmissing-declarations -Wnon-virtual-dtor -Wnull-dereference
  -Wold-style-cast -Woverloaded-virtual -Wplacement-new=2 -Wredundant-decls -Wredundant-tags
  -Wshift-overflow=2 -Wsign-conversion -Wsign-promo -Wstrict-null-sentinel -Wsuggest-override
  -Wswitch-enum -Wundef -Wunused-const-variable=2 -Wunused-macros -Wvla -Wvolatile)

# Sets `wrapped_files` to files, one for each test. Each first includes the test's header with these
# warnings, and then the test with those of all tests.
function(with_all_warnings wrapped_files options)
  set(quiet "")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(warnings ${clang_warnings})
    string(APPEND quiet "#pragma clang diagnostic ignored \"-Weverything\"\n")
    foreach(warning IN ITEMS all extra pedantic conversion shadow)
      string(APPEND quiet "#pragma clang diagnostic error \"-W${warning}\"\n")
    endforeach()
  else()
    set(warnings ${gnu_warnings})
    foreach(warning IN LISTS warnings)
      string(REGEX REPLACE "=.*" "" warning "${warning}")
      string(APPEND quiet "#pragma GCC diagnostic ignored \"${warning}\"\n")
    endforeach()
  endif()
  set(wrapped "")
  foreach(test IN LISTS ARGN)
    file(STRINGS "${test}" include REGEX "^#include <perf_timer" LIMIT_COUNT 1)
    set(file "${CMAKE_CURRENT_BINARY_DIR}/${test}")
    file(CONFIGURE OUTPUT "${file}" CONTENT
      "${include}\n${quiet}#include \"${CMAKE_CURRENT_SOURCE_DIR}/${test}\"\n" @ONLY)
    list(APPEND wrapped "${file}")
  endforeach()
  set("${wrapped_files}" "${wrapped}" PARENT_SCOPE)
  set("${options}" "${warnings}" PARENT_SCOPE)
endfunction()
