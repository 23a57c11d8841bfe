# macOS, ARM64, by zig. Nothing of it runs here.
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_PROCESSOR arm64)
set(CMAKE_INSTALL_NAME_TOOL false)  # CMake insists on one, and needs it to install only
set(zig_system macos)
include("${CMAKE_CURRENT_LIST_DIR}/zig.cmake")
