# Not optimised: much to compile, and no matter of speed.
target_compile_options(test_faults PRIVATE -O0)

if(NOT BUILD_SHARED_LIBS)  # the plugins use the program's own copy of the library
  add_subdirectory(faults/programs)
  set_property(DIRECTORY "${folder}/programs" PROPERTY LABELS faults)
endif()
