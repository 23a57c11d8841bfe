# Called with CLANG_FORMAT and SOURCE. Takes what Git knows or would add, so that no build folder is
# checked. Without Git, takes all of the folders that hold sources.
cmake_minimum_required(VERSION 3.25...3.31)

find_program(GIT git)
set(no_git 1)
if(GIT)
  execute_process(
    COMMAND "${GIT}" ls-files --cached --others --exclude-standard -- "*.hpp" "*.cpp"
    WORKING_DIRECTORY "${SOURCE}" OUTPUT_VARIABLE files RESULT_VARIABLE no_git ERROR_QUIET)
endif()
if(no_git EQUAL 0)
  string(REPLACE "\n" ";" files "${files}")
  list(REMOVE_ITEM files "")
  list(TRANSFORM files PREPEND "${SOURCE}/")
else()
  foreach(folder include src test example bench)
    file(GLOB_RECURSE found "${SOURCE}/${folder}/*.hpp" "${SOURCE}/${folder}/*.cpp")
    list(APPEND files ${found})
  endforeach()
endif()

set(there "")
foreach(file IN LISTS files)
  if(EXISTS "${file}")  # Git still knows what was deleted and not committed
    list(APPEND there "${file}")
  endif()
endforeach()
list(LENGTH there count)
if(count EQUAL 0)
  message(FATAL_ERROR "There are no files to check in ${SOURCE}.")
endif()

execute_process(COMMAND "${CLANG_FORMAT}" --dry-run --Werror ${there} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "Format these files with: clang-format-19 -i FILE")
endif()
message(STATUS "${count} files are formatted.")
