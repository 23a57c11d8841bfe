# ARM32 Linux (ARMv7, with floating point) by Debian's cross compiler. qemu-user runs the programs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR armv7)
set(CMAKE_CXX_COMPILER arm-linux-gnueabihf-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-arm -L /usr/arm-linux-gnueabihf)
# Else g++ notes at each std::span that is passed that it did so differently before version 7.
set(CMAKE_CXX_FLAGS_INIT -Wno-psabi)
