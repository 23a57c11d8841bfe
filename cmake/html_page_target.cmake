# The page becomes a part of perf_timer_html, made anew when one of its files changes.
set(page "${PROJECT_SOURCE_DIR}/src/html/page")
set(made "${PROJECT_BINARY_DIR}/html/page_bytes.cpp")
file(GLOB page_files CONFIGURE_DEPENDS "${page}/*.html" "${page}/*.css" "${page}/*.js")
add_custom_command(OUTPUT "${made}"
  COMMAND "${CMAKE_COMMAND}" -D "PAGE=${page}" -D "UPLOT=${uplot}" -D "UPLOT_LICENSE=${uplot_license}"
    -D "OUT=${made}" -P "${PROJECT_SOURCE_DIR}/cmake/html_page.cmake"
  DEPENDS ${page_files} "${uplot}/uPlot.iife.min.js" "${uplot}/uPlot.min.css" "${uplot_license}"
    "${PROJECT_SOURCE_DIR}/cmake/html_page.cmake"
  COMMENT "Making the live page"
  VERBATIM)
target_sources(perf_timer_html PRIVATE "${made}")
target_include_directories(perf_timer_html PRIVATE "${PROJECT_SOURCE_DIR}/src/html")
