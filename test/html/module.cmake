if(PERF_TIMER_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # With AddressSanitizer, g++ falsely warns that std::regex is uninitialized (GCC bug 105562).
  target_compile_options(test_html PRIVATE -Wno-maybe-uninitialized)
endif()
target_link_libraries(test_html PRIVATE perf_timer::html)

# The page in a real browser. Debian's Python is the one that finds Debian's selenium.
set(browser_missing "")
if(NOT TARGET http_server OR NOT TARGET perf_timer_http OR PERF_TIMER_SANITIZE)
  set(browser_missing "the example server and perf_timer::http, without sanitizers")
elseif(NOT EXISTS /usr/bin/chromium OR NOT EXISTS /usr/bin/chromedriver)
  set(browser_missing "chromium and chromium-driver")
else()
  execute_process(COMMAND /usr/bin/python3 -c "import selenium" RESULT_VARIABLE no_selenium
    OUTPUT_QUIET ERROR_QUIET)
  if(NOT no_selenium EQUAL 0)
    set(browser_missing "python3-selenium")
  endif()
endif()
if(browser_missing)
  message(STATUS "The page is not tested in a browser: it needs ${browser_missing}")
else()
  add_executable(test_html_page "${folder}/browser/hostile_page.cpp")
  target_link_libraries(test_html_page PRIVATE perf_timer::html)
  perf_timer_own_flags(test_html_page)
  add_executable(test_html_many_timers "${folder}/browser/many_timers.cpp")
  target_link_libraries(test_html_many_timers PRIVATE perf_timer::http)
  perf_timer_own_flags(test_html_many_timers)
  set(hostile_page "${CMAKE_CURRENT_BINARY_DIR}/hostile_page.html")
  add_test(NAME html_browser.page COMMAND test_html_page "${hostile_page}")
  add_test(NAME html_browser COMMAND /usr/bin/python3 -B "${folder}/browser/test_page.py"
    $<TARGET_FILE:http_server> "${hostile_page}")
  add_test(NAME html_browser.many COMMAND /usr/bin/python3 -B "${folder}/browser/test_many.py"
    $<TARGET_FILE:test_html_many_timers>)
  add_test(NAME html_browser.scrolling COMMAND /usr/bin/python3 -B "${folder}/browser/test_scrolling.py"
    $<TARGET_FILE:test_html_many_timers>)
  set_tests_properties(html_browser.many html_browser.scrolling PROPERTIES TIMEOUT 300)
  set_tests_properties(html_browser.page PROPERTIES FIXTURES_SETUP hostile_page)
  set_tests_properties(html_browser PROPERTIES FIXTURES_REQUIRED hostile_page TIMEOUT 300)

  # A tracked program's page has all views.
  set(axe "${PROJECT_SOURCE_DIR}/src/html/page/node_modules/axe-core/axe.min.js")
  if(NOT EXISTS "${axe}")
    message(STATUS "axe-core isn't here: whether everybody can use the page is not tested "
      "(npm ci --ignore-scripts in ${PROJECT_SOURCE_DIR}/src/html/page)")
  elseif(NOT TARGET perf_timer_tracking)
    message(STATUS "No perf_timer::tracking: whether everybody can use the page is not tested")
  else()
    add_executable(test_html_tracked_timers "${folder}/browser/many_timers.cpp")
    target_link_libraries(test_html_tracked_timers PRIVATE perf_timer::tracking perf_timer::http)
    perf_timer_own_flags(test_html_tracked_timers)
    add_test(NAME html_browser.accessibility COMMAND /usr/bin/python3 -B
      "${folder}/browser/test_accessibility.py" $<TARGET_FILE:test_html_tracked_timers>
      "${hostile_page}" "${axe}")
    set_tests_properties(html_browser.accessibility PROPERTIES
      FIXTURES_REQUIRED hostile_page TIMEOUT 600)
  endif()
endif()
