# SPDX-License-Identifier: Apache-2.0
# fundtrail_module(SOURCES a.cc … HEADERS a.h … [PRIVATE_HEADERS b.h …] DEPENDS crypto … LIBRARIES OpenSSL::Crypto … [PRIVATE_LIBRARIES …])
#
# One folder = one namespace = one target: ledger/domain is namespace fundtrail::ledger::domain and target ledger_domain.
# A target sees only the headers of the modules that its DEPENDS line names: each module's headers are linked, one by one,
# into an include folder of its own, and the source root is on nobody's include path. So the DEPENDS lines are the architecture.
#
#   HEADERS            what other modules may include
#   PRIVATE_HEADERS    what only the module's own sources may include
#   DEPENDS            modules of this project
#   LIBRARIES          outside libraries that the module's headers need
#   PRIVATE_LIBRARIES  outside libraries that only its sources need
function(fundtrail_module)
  cmake_parse_arguments(M "" "" "SOURCES;HEADERS;PRIVATE_HEADERS;SCHEMAS;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "_" target "${folder}")
  set(include_dir "${PROJECT_BINARY_DIR}/include/${target}")

  _fundtrail_link_headers("${include_dir}/links/${folder}" ${M_HEADERS})
  _fundtrail_link_headers("${include_dir}/private/${folder}" ${M_PRIVATE_HEADERS})

  if(M_SCHEMAS)
    set(CAPNPC_OUTPUT_DIR "${include_dir}/generated")
    set(CAPNPC_SRC_PREFIX "${PROJECT_SOURCE_DIR}")
    set(CAPNPC_IMPORT_DIRS "${PROJECT_SOURCE_DIR}")
    file(MAKE_DIRECTORY "${CAPNPC_OUTPUT_DIR}")
    capnp_generate_cpp(generated_sources generated_headers ${M_SCHEMAS})
    # Code that Cap'n Proto wrote is not held to our warnings.
    set_source_files_properties(${generated_sources} PROPERTIES COMPILE_OPTIONS "-w")
  endif()

  if(M_SOURCES OR generated_sources)
    add_library(${target} STATIC ${M_SOURCES} ${M_HEADERS} ${M_PRIVATE_HEADERS} ${generated_sources} ${generated_headers})
    target_link_libraries(${target} PUBLIC ${M_DEPENDS} ${M_LIBRARIES} PRIVATE fundtrail_flags ${M_PRIVATE_LIBRARIES})
    target_include_directories(${target} PUBLIC "${include_dir}/links" PRIVATE "${include_dir}/private")
    if(M_SCHEMAS)
      target_include_directories(${target} SYSTEM PUBLIC "${include_dir}/generated")
    endif()
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${M_DEPENDS} ${M_LIBRARIES})
    target_include_directories(${target} INTERFACE "${include_dir}/links")
  endif()
  set_property(GLOBAL APPEND PROPERTY FUNDTRAIL_MODULES "${target}")
endfunction()

# Links the headers into an include folder, and takes out of it what is no longer named.
function(_fundtrail_link_headers into)
  file(REMOVE_RECURSE "${into}")
  file(MAKE_DIRECTORY "${into}")
  foreach(header IN LISTS ARGN)
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}/${header}" "${into}/${header}" SYMBOLIC)
  endforeach()
endfunction()

# fundtrail_program(NAME fundtrail SOURCES main.cc DEPENDS api_cli)
function(fundtrail_program)
  cmake_parse_arguments(P "" "NAME" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_executable(${P_NAME} ${P_SOURCES})
  target_link_libraries(${P_NAME} PRIVATE fundtrail_flags ${P_DEPENDS} ${P_LIBRARIES})
endfunction()

# What ./test runs optimised: tests labelled release as well as with sanitizers, tests labelled slow instead.
add_custom_target(release_tests)

# fundtrail_test(NAME crypto_test SOURCES digest_test.cc … DEPENDS crypto [LABELS release|slow] [TIMEOUT 120])
# One GoogleTest program, which is one test of ctest. Test support headers (tests/support/…) are seen by tests alone.
function(fundtrail_test)
  cmake_parse_arguments(T "" "NAME;TIMEOUT" "SOURCES;DEPENDS;LIBRARIES;LABELS" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  add_executable(${T_NAME} ${T_SOURCES})
  target_link_libraries(${T_NAME} PRIVATE fundtrail_flags ${T_DEPENDS} ${T_LIBRARIES} GTest::gmock_main)
  target_include_directories(${T_NAME} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${T_NAME} PRIVATE
    FUNDTRAIL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    FUNDTRAIL_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_test(NAME ${T_NAME} COMMAND ${T_NAME} --gtest_brief=1)
  set_tests_properties(${T_NAME} PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}")
  if("rapidcheck" IN_LIST T_LIBRARIES)
    # The same draws in every run, so that what passed yesterday passes today; other draws are for the search by hand
    # that docs/HACKING.md describes. Shrinking a long history takes longer than the test may.
    set_tests_properties(${T_NAME} PROPERTIES ENVIRONMENT "RC_PARAMS=seed=1 noshrink=1")
  endif()
  if(T_LABELS MATCHES "release|slow")
    add_dependencies(release_tests ${T_NAME})
  endif()
endfunction()
