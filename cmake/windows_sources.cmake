# src/platform/windows/X.cpp takes the place of src/platform/X.cpp.
file(GLOB windows_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/platform/windows/*.cpp")
foreach(source IN LISTS windows_sources)
  cmake_path(GET source FILENAME name)
  list(REMOVE_ITEM sources "${CMAKE_CURRENT_SOURCE_DIR}/src/platform/${name}")
endforeach()
# What made pipes and sockets is part of the files that use them.
list(REMOVE_ITEM sources "${CMAKE_CURRENT_SOURCE_DIR}/src/platform/descriptors.cpp")
list(APPEND sources ${windows_sources})
# The system's header defines many a name, which files that are compiled as one would all have.
set_source_files_properties(${windows_sources}
  "${CMAKE_CURRENT_SOURCE_DIR}/src/platform/ip_address.cpp" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
