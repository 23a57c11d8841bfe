file(READ report.txt report)
if(NOT report MATCHES "async_wait +tracked.cpp:[0-9]+ +wait +\\| +3 ")
  message(FATAL_ERROR "report.txt has no row of the three waits:\n${report}")
endif()
