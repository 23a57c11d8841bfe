# Not optimised: these files take long to compile, and the tests don't depend on speed.
target_compile_options(test_faults PRIVATE -O0)

if(NOT BUILD_SHARED_LIBS)  # the plugins use the program's own copy of the library
  add_subdirectory(faults/programs)
  set_property(DIRECTORY "${folder}/programs" PROPERTY LABELS faults)
endif()
