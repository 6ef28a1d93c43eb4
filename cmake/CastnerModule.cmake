# castner_module(NAME [USES module...] [TEST_USES module...] [HOT] [FILE_BY_FILE] [LIBS target...] [TEST_LIBS target...])
#
# Makes the library castner::NAME from castner/NAME, sorting files by suffix:
#   x.cpp x.h     the library          x_test.cpp   GoogleTest + RapidCheck, run by ctest
#   x_bench.cpp   Google Benchmark     x_fuzz.cpp   libFuzzer; without clang, a test that replays tests/corpus/x
# A new file needs no edit here.
# HOT modules, where the program spends its time, are compiled with -O3; the others and all tests with -O1, a fifth faster than -O2.
#
# With CMAKE_UNITY_BUILD (presets release, ci, bench) the compiler is given sixteen files of a module at a time, which reads
# their headers once: a third of the time. So a name in an anonymous namespace is one of its module, not of its file, which
# FILE_BY_FILE takes back.

add_library(castner_flags INTERFACE)
target_compile_features(castner_flags INTERFACE cxx_std_20)
target_compile_definitions(castner_flags INTERFACE CASTNER_VERSION="${PROJECT_VERSION}")
target_compile_options(castner_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion
  # Of sixteen files in one, a local name may be that of another file; and a test's class is no main file's.
  $<IF:$<BOOL:${CMAKE_UNITY_BUILD}>,-Wshadow=local;-Wno-subobject-linkage,-Wshadow>
  -Wno-missing-field-initializers  # designated initialisers leave defaults out on purpose
  # GCC 12, inlining at -O3, sees std::string overlap itself (its bug 105651) and be read before it is set; dev, at -O1, warns of both.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict;-Wno-maybe-uninitialized>
  $<$<BOOL:${CASTNER_WERROR}>:-Werror>
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)   # no path of this machine in an object: checkouts share one ccache
if(CASTNER_SANITIZE)
  target_compile_options(castner_flags INTERFACE -fsanitize=${CASTNER_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(castner_flags INTERFACE -fsanitize=${CASTNER_SANITIZE})
endif()
if(CASTNER_FUZZ)
  target_compile_options(castner_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_libraries(castner_flags INTERFACE tl::expected fmt::fmt Threads::Threads)

# Tells tests where the tree lies.
add_library(castner_root STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/support/root.cpp)
target_include_directories(castner_root PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(castner_root PRIVATE castner_flags)
target_compile_definitions(castner_root PRIVATE CASTNER_ROOT="${PROJECT_SOURCE_DIR}")

function(castner_module NAME)
  cmake_parse_arguments(M "HOT;FILE_BY_FILE" "" "USES;TEST_USES;LIBS;TEST_LIBS" ${ARGN})
  if(M_FILE_BY_FILE)
    set(CMAKE_UNITY_BUILD OFF)
  endif()
  set(dir ${PROJECT_SOURCE_DIR}/castner/${NAME})
  file(GLOB all   CONFIGURE_DEPENDS ${dir}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${dir}/*_test.cpp)
  file(GLOB bench CONFIGURE_DEPENDS ${dir}/*_bench.cpp)
  file(GLOB fuzz  CONFIGURE_DEPENDS ${dir}/*_fuzz.cpp)
  set(lib ${all})
  list(REMOVE_ITEM lib ${tests} ${bench} ${fuzz} "")

  set(deps ${M_USES})
  list(TRANSFORM deps PREPEND castner::)
  list(TRANSFORM M_TEST_USES PREPEND castner:: OUTPUT_VARIABLE test_deps)
  if(lib)
    add_library(castner_${NAME} STATIC ${lib})
    set(scope PUBLIC)
  else()
    add_library(castner_${NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(castner::${NAME} ALIAS castner_${NAME})
  target_include_directories(castner_${NAME} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(castner_${NAME} ${scope} castner_flags ${deps})
  if(lib)
    target_link_libraries(castner_${NAME} PRIVATE ${M_LIBS})
    target_compile_options(castner_${NAME} PRIVATE $<$<AND:$<BOOL:${M_HOT}>,$<CONFIG:Release>>:-O3>)
  endif()

  if(CASTNER_TESTS AND tests)
    add_executable(${NAME}_test ${tests})
    target_link_libraries(${NAME}_test PRIVATE castner::${NAME} ${test_deps} ${M_LIBS} ${M_TEST_LIBS} castner_root GTest::gtest_main rapidcheck)
    gtest_discover_tests(${NAME}_test TEST_PREFIX "${NAME}." PROPERTIES LABELS unit DISCOVERY_TIMEOUT 60)
  endif()
  if(CASTNER_TESTS)
    foreach(f ${fuzz})
      get_filename_component(t ${f} NAME_WE)
      string(REGEX REPLACE "_fuzz$" "" corpus ${t})
      add_executable(${t}_seeds ${f} ${PROJECT_SOURCE_DIR}/tests/support/replay_seeds.cpp)
      target_link_libraries(${t}_seeds PRIVATE castner::${NAME})
      add_test(NAME ${NAME}.${t}_seeds COMMAND ${t}_seeds ${PROJECT_SOURCE_DIR}/tests/corpus/${corpus})
      if(tests)
        add_dependencies(${NAME}_test ${t}_seeds)   # ctest -R '^NAME' runs them too
      endif()
    endforeach()
  endif()
  if(CASTNER_BENCH AND bench)
    add_executable(${NAME}_bench ${bench})
    target_compile_options(${NAME}_bench PRIVATE -O3)
    target_link_libraries(${NAME}_bench PRIVATE castner::${NAME} ${test_deps} ${M_LIBS} ${M_TEST_LIBS} castner_root benchmark::benchmark_main)
  endif()
  if(CASTNER_FUZZ)
    foreach(f ${fuzz})
      get_filename_component(t ${f} NAME_WE)
      add_executable(${t} ${f})
      target_link_libraries(${t} PRIVATE castner::${NAME} -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()
