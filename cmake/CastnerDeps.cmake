# Every library Castner uses, looked up once. apt-packages.txt names the Debian package and the reason for each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Boost 1.74 REQUIRED)              # headers only: distribution quantiles (Boost.Math)
find_package(date REQUIRED)                    # time zones, which GCC 12's chrono lacks
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(libcurl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(libmodbus REQUIRED IMPORTED_TARGET libmodbus)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
find_package(OpenSSL 3.0 REQUIRED)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
find_package(SUNDIALS 6.4 REQUIRED)              # IDA: the virtual plant through time

# Libraries without a CMake or pkg-config file in Debian 12.
function(castner_plain_library NAME HEADER LIB)
  find_path(${NAME}_INCLUDE ${HEADER} PATH_SUFFIXES suitesparse REQUIRED)
  find_library(${NAME}_LIBRARY ${LIB} REQUIRED)
  add_library(castner_${NAME} INTERFACE)
  target_include_directories(castner_${NAME} SYSTEM INTERFACE ${${NAME}_INCLUDE})
  target_link_libraries(castner_${NAME} INTERFACE ${${NAME}_LIBRARY})
endfunction()
castner_plain_library(klu klu.h klu)
castner_plain_library(amd amd.h amd)
castner_plain_library(cxsparse cs.h cxsparse)
castner_plain_library(ldl ldl.h ldl)
castner_plain_library(pugixml pugixml.hpp pugixml)
castner_plain_library(paho MQTTAsync.h paho-mqtt3as)   # the C client; its C++ wrapper adds nothing here

# Sparkplug B payloads: protoc makes <sparkplug_b.pb.h>, whose warnings are not ours.
find_package(Protobuf REQUIRED)
protobuf_generate_cpp(SPARKPLUG_SOURCES SPARKPLUG_HEADERS ${PROJECT_SOURCE_DIR}/castner/sources/sparkplug_b.proto)
add_library(castner_sparkplug_payload STATIC ${SPARKPLUG_SOURCES} ${SPARKPLUG_HEADERS})
target_include_directories(castner_sparkplug_payload SYSTEM PUBLIC ${PROJECT_BINARY_DIR})
target_link_libraries(castner_sparkplug_payload PUBLIC protobuf::libprotobuf-lite)

if(CASTNER_TESTS OR CASTNER_BENCH)
  find_package(Eigen3 3.4 REQUIRED NO_MODULE)                # dense algebra that sparse answers are compared with
  pkg_check_modules(ipopt REQUIRED IMPORTED_TARGET ipopt)   # the reference reconciliations are compared with; never in the product
endif()
if(CASTNER_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  include(GoogleTest)
endif()
if(CASTNER_BENCH)
  find_package(benchmark REQUIRED)
endif()
