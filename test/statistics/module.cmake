if(CMAKE_CROSSCOMPILING_EMULATOR)
  # They add up many samples, which takes an emulator long.
  target_compile_options(test_statistics PRIVATE -O1)
endif()
