# Runs PROGRAM with ARGUMENTS, by EMULATOR if there is one: it must print EXPECTED and succeed.
execute_process(COMMAND ${EMULATOR} "${PROGRAM}" ${ARGUMENTS}
  OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "ended with ${result}:\n${output}${errors}")
endif()
string(REPLACE "\r\n" "\n" output "${output}")  # Windows
if(NOT output STREQUAL EXPECTED)
  message(FATAL_ERROR "printed:\n${output}instead of:\n${EXPECTED}")
endif()
