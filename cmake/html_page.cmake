# Makes one document of src/html/page/index.html and the files that it names, and of that a C++ file:
#
#   cmake -D PAGE=src/html/page -D UPLOT=... -D UPLOT_LICENSE=... -D OUT=page_bytes.cpp -P html_page.cmake
#
# Each <link rel="stylesheet"> and <script src> is replaced by what it names, and the page's
# Content-Security-Policy gets the hashes of these: the browser runs nothing else. CMake does it, for
# a build has that anyway.
cmake_minimum_required(VERSION 3.25)

# The policy wants a hash in base64, of which CMake knows nothing.
function(base64_of_hex hex out)
  set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(result "")
  string(LENGTH "${hex}" length)
  set(padding "")
  while(NOT length EQUAL 0)
    string(SUBSTRING "${hex}" 0 6 three)
    string(LENGTH "${three}" got)
    if(got EQUAL 2)
      string(APPEND three "0000")
      set(padding "==")
    elseif(got EQUAL 4)
      string(APPEND three "00")
      set(padding "=")
    endif()
    foreach(shift IN ITEMS 18 12 6 0)
      math(EXPR digit "(0x${three} >> ${shift}) & 63")
      string(SUBSTRING "${digits}" ${digit} 1 digit)
      string(APPEND result "${digit}")
    endforeach()
    math(EXPR length "${length} - ${got}")
    string(SUBSTRING "${hex}" ${got} -1 hex)
  endwhile()
  string(LENGTH "${padding}" cut)
  string(LENGTH "${result}" length)
  math(EXPR length "${length} - ${cut}")
  string(SUBSTRING "${result}" 0 ${length} result)
  set(${out} "${result}${padding}" PARENT_SCOPE)
endfunction()

function(read_part name out)
  if(name MATCHES "^uplot/(.*)")
    file(READ "${UPLOT}/${CMAKE_MATCH_1}" text)
    if(name MATCHES "\\.js$")  # its licence wants to be where it is
      file(READ "${UPLOT_LICENSE}" license)
      string(PREPEND text "/*! uPlot\n${license}*/\n")
    endif()
  else()
    file(READ "${PAGE}/${name}" text)
  endif()
  string(FIND "${text}" "</script" script_end)
  string(FIND "${text}" "</style" style_end)
  string(FIND "${text}" "<!--" comment)
  if(NOT "${script_end} ${style_end} ${comment}" STREQUAL "-1 -1 -1")
    message(FATAL_ERROR "${name} has </script, </style or <!-- in it, and can't be a part of a page.")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# Replaces all elements that fit `element`, whose group names a file, by <tag>contents</tag>, and
# appends the hashes to the policy.
function(inline_all element tag)
  set(hashes "")
  while(page MATCHES "${element}")
    set(whole "${CMAKE_MATCH_0}")
    read_part("${CMAKE_MATCH_1}" text)
    set(text "\n${text}")
    string(SHA256 hash "${text}")
    base64_of_hex("${hash}" hash)
    string(APPEND hashes " 'sha256-${hash}'")
    string(REPLACE "${whole}" "<${tag}>${text}</${tag}>" page "${page}")
  endwhile()
  string(REPLACE "img-src data:" "${tag}-src${hashes}; img-src data:" page "${page}")
  set(page "${page}" PARENT_SCOPE)
endfunction()

file(READ "${PAGE}/index.html" page)
inline_all("<link rel=\"stylesheet\" href=\"([^\"]*)\">" style)
inline_all("<script src=\"([^\"]*)\"></script>" script)

# As numbers: compilers have limits to the length of a literal, and none to that of a list.
file(WRITE "${OUT}.html" "${page}")
file(READ "${OUT}.html" bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
file(WRITE "${OUT}" "// Made from src/html/page by cmake/html_page.cmake.\n"
  "#include \"page_bytes.hpp\"\n\n"
  "namespace perf_timer::inline v0_1::detail {\nnamespace {\n\n"
  "constexpr char bytes[] = {\n${bytes}\n};\n\n"
  "}  // namespace\n\n"
  "std::string_view page_bytes() noexcept { return {bytes, sizeof bytes}; }\n\n"
  "}  // namespace perf_timer::inline v0_1::detail\n")
