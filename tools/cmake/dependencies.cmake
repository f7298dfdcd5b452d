# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every foreign library, looked up once. Rooms link them PRIVATE, so that no other room sees them.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
foreach(pair
    "Xapian;xapian-core" "Poppler;poppler-cpp" "PopplerGlib;poppler-glib" "LibXml2;libxml-2.0" "Pistache;libpistache"
    "Icu;icu-uc;icu-i18n" "Re2;re2" "Zstd;libzstd" "Ctemplate;libctemplate" "Crypto;libcrypto"
    "Toml;tomlplusplus" "BrotliEnc;libbrotlienc" "Zlib;zlib" "Yaml;yaml-0.1"
    "Cmark;libcmark")
  list(POP_FRONT pair name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${pair})
endforeach()
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(roaring REQUIRED)

# Debian's libstemmer ships neither pkg-config nor CMake files.
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(Stemmer::Stemmer UNKNOWN IMPORTED GLOBAL)
set_target_properties(Stemmer::Stemmer PROPERTIES
  IMPORTED_LOCATION ${STEMMER_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${STEMMER_INCLUDE_DIR})
