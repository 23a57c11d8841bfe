target_link_libraries(test_prometheus PRIVATE perf_timer::prometheus)

# The insides of the texts aren't exported.
target_include_directories(test_prometheus PRIVATE "${PROJECT_SOURCE_DIR}/src")

# A real Prometheus server scrapes two of the example servers.
find_package(Python3 COMPONENTS Interpreter)
find_program(PERF_TIMER_PROMETHEUS prometheus DOC "Scrapes the example server in a test")
find_program(PERF_TIMER_PROMTOOL promtool)
set(server "${CMAKE_CURRENT_SOURCE_DIR}/prometheus/server")
set(python_environment PYTHONDONTWRITEBYTECODE=1
  "PYTHONPATH=${PROJECT_SOURCE_DIR}/example/http_server:${PROJECT_SOURCE_DIR}/test/common")
if(NOT TARGET http_server OR NOT TARGET perf_timer_http OR NOT Python3_FOUND)
  message(STATUS "No example server, perf_timer::http or python3: Prometheus and the dashboard are not tested")
else()
  add_test(NAME prometheus_dashboard
    COMMAND Python3::Interpreter "${server}/check_dashboard.py" "$<TARGET_FILE:http_server>"
      "${PROJECT_SOURCE_DIR}/example/grafana/dashboard.json")
  set_tests_properties(prometheus_dashboard PROPERTIES
    TIMEOUT 60 ENVIRONMENT "${python_environment}")
  if(NOT PERF_TIMER_PROMETHEUS OR NOT PERF_TIMER_PROMTOOL)
    message(STATUS "prometheus or promtool not found, no scrape is tested (Debian: prometheus)")
  else()
    add_executable(text_of_names "${server}/text_of_names.cpp")
    target_link_libraries(text_of_names PRIVATE perf_timer::prometheus)
    perf_timer_own_flags(text_of_names)
    add_test(NAME prometheus_server
      COMMAND Python3::Interpreter "${server}/scrape.py"
        "${PERF_TIMER_PROMETHEUS}" "${PERF_TIMER_PROMTOOL}"
        "$<TARGET_FILE:http_server>" "$<TARGET_FILE:text_of_names>"
        "${PROJECT_SOURCE_DIR}/example/grafana/dashboard.json"
        "${PROJECT_SOURCE_DIR}/example/prometheus.yml"
        "${PROJECT_SOURCE_DIR}/doc/prometheus.md")
    set_tests_properties(prometheus_server PROPERTIES
      TIMEOUT 180 ENVIRONMENT "${python_environment}")
  endif()
endif()

# Real servers scrape ten processes, and each other.
if(TARGET perf_timer_http AND Python3_FOUND AND PERF_TIMER_PROMETHEUS AND PERF_TIMER_PROMTOOL)
  add_executable(measuring "${server}/measuring.cpp")
  target_include_directories(measuring PRIVATE "${PROJECT_SOURCE_DIR}/test")
  target_link_libraries(measuring PRIVATE perf_timer::http)
  perf_timer_own_flags(measuring)
  add_test(NAME prometheus_federation
    COMMAND Python3::Interpreter "${server}/federation.py"
      "${PERF_TIMER_PROMETHEUS}" "${PERF_TIMER_PROMTOOL}" "$<TARGET_FILE:measuring>")
  set_tests_properties(prometheus_federation PROPERTIES
    TIMEOUT 180 ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endif()
