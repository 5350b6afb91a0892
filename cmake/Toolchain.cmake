# SPDX-License-Identifier: Apache-2.0
# The compiler, its flags and its launchers: said once, in one interface target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

set(FUNDTRAIL_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined")
option(FUNDTRAIL_WERROR "Treat warnings as errors" OFF)
option(FUNDTRAIL_FUZZ "Build the fuzzers with libFuzzer (clang only)" OFF)

find_program(FUNDTRAIL_CCACHE ccache)
if(FUNDTRAIL_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${FUNDTRAIL_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${FUNDTRAIL_CCACHE}")
endif()

add_library(fundtrail_flags INTERFACE)
target_compile_features(fundtrail_flags INTERFACE cxx_std_20)
target_compile_options(fundtrail_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wcast-qual
  -fno-omit-frame-pointer -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(fundtrail_flags INTERFACE -Wduplicated-cond -Wlogical-op -Wuseless-cast)
  # GCC 12 reports null dereferences inside the standard library's own containers once it inlines them.
  target_compile_options(fundtrail_flags INTERFACE -Wno-null-dereference)
endif()
if(FUNDTRAIL_WERROR)
  target_compile_options(fundtrail_flags INTERFACE -Werror)
endif()
if(FUNDTRAIL_SANITIZE)
  target_compile_options(fundtrail_flags INTERFACE -fsanitize=${FUNDTRAIL_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(fundtrail_flags INTERFACE -fsanitize=${FUNDTRAIL_SANITIZE})
else()
  target_compile_definitions(fundtrail_flags INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
endif()
if(FUNDTRAIL_FUZZ)
  target_compile_options(fundtrail_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(FUNDTRAIL_MOLD mold)
if(FUNDTRAIL_MOLD)
  target_link_options(fundtrail_flags INTERFACE -fuse-ld=mold)
endif()
