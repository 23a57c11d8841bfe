# Linux with musl as its C library, x86-64, by zig. Programs are static, and run here.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(zig_system musl)
set(static_programs ON)  # they load no plugins
include("${CMAKE_CURRENT_LIST_DIR}/zig.cmake")
