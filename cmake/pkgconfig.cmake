# A .pc file for each library, from library.pc.in, which b2 fills as well (see Jamfile).

# The files are found relative to themselves, so that the whole prefix can be moved.
set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
  set(pc_libdir "${CMAKE_INSTALL_FULL_LIBDIR}")
  set(pc_includedir "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
else()
  file(RELATIVE_PATH up "/${pkgconfig_dir}" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pc_prefix "\${pcfiledir}/${up}")
  set(pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
  set(pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
set(pc_version "${PROJECT_VERSION}")

# perf_timer_pkgconfig(NAME DESCRIPTION text COMPONENT name
#   [REQUIRES name...]  pkg-config's names of what its headers need
#   [PRIVATE name...]   and of what only the library itself needs
#   [LIBS flag...] [CFLAGS flag...]
#   [INTERFACE])        there is no library of that name
function(perf_timer_pkgconfig pc_name)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "INTERFACE" "DESCRIPTION;COMPONENT" "REQUIRES;PRIVATE;LIBS;CFLAGS")
  set(pc_library "-l${pc_name}")
  if(arg_INTERFACE)
    set(pc_library "")
  endif()
  if(NOT BUILD_SHARED_LIBS)
    # Nothing is private where there is only a static library: a program that links it needs all that
    # it needs, and not everybody calls pkg-config with --static.
    list(APPEND arg_REQUIRES ${arg_PRIVATE})
    set(arg_PRIVATE "")
  endif()
  set(pc_description "${arg_DESCRIPTION}")
  list(JOIN arg_REQUIRES ", " pc_requires)
  list(JOIN arg_PRIVATE ", " pc_requires_private)
  list(JOIN arg_LIBS " " pc_libs)
  list(JOIN arg_CFLAGS " " pc_cflags)
  set(made "${PROJECT_BINARY_DIR}/pkgconfig/${pc_name}.pc")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/library.pc.in" "${made}" @ONLY)
  install(FILES "${made}" DESTINATION "${pkgconfig_dir}" COMPONENT "${arg_COMPONENT}")
endfunction()
