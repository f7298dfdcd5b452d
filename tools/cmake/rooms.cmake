# SPDX-License-Identifier: GPL-3.0-or-later
#
# A room is a folder that becomes one library. Its headers are included as "room/header.h".
#
# Each room gets an include root of its own (a folder of one symbolic link in the build tree), so a
# header can only be included by rooms that declare USES: the build itself keeps arrows one-way.
add_library(fundstelle_flags INTERFACE)
target_compile_options(fundstelle_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion -fstack-protector-strong
  # GCC 12 reports inlined std::string copies wrongly (GCC bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
include(${CMAKE_CURRENT_LIST_DIR}/hardening.cmake)
if(FUNDSTELLE_FUZZ)
  target_compile_options(fundstelle_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined
    -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(fundstelle_flags INTERFACE -fsanitize=address,undefined)
elseif(FUNDSTELLE_SANITIZE)
  target_compile_options(fundstelle_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined)
  target_link_options(fundstelle_flags INTERFACE -fsanitize=address,undefined)
elseif(FUNDSTELLE_TSAN)
  target_compile_options(fundstelle_flags INTERFACE -fsanitize=thread)
  target_link_options(fundstelle_flags INTERFACE -fsanitize=thread)
endif()

# fundstelle_room(NAME [USES room...] [HIDES library...])
#   USES   rooms whose headers this room's headers or sources include
#   HIDES  foreign libraries, linked PRIVATE: none of this room's headers may include theirs
function(fundstelle_room name)
  cmake_parse_arguments(ROOM "" "" "USES;HIDES" ${ARGN})
  # Adding a file to a folder is all it takes to add it to the room (a new layout is one file).
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  set(root ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
    ${CMAKE_CURRENT_SOURCE_DIR}/*.h ${CMAKE_CURRENT_SOURCE_DIR}/*/*.h)
  list(TRANSFORM headers PREPEND ${root}/${name}/)
  if(NOT sources)
    file(WRITE ${CMAKE_BINARY_DIR}/rooms/${name}.cpp "")
    set(sources ${CMAKE_BINARY_DIR}/rooms/${name}.cpp)
  endif()
  add_library(fundstelle_${name} STATIC ${sources})
  add_library(fundstelle::${name} ALIAS fundstelle_${name})
  target_sources(fundstelle_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${root} FILES ${headers})
  target_link_libraries(fundstelle_${name} PRIVATE fundstelle_flags ${ROOM_HIDES})
  foreach(used ${ROOM_USES})
    target_link_libraries(fundstelle_${name} PUBLIC fundstelle_${used})
  endforeach()
endfunction()

# fundstelle_program(NAME SOURCE [USES room...] [HIDES library...])
function(fundstelle_program name source)
  cmake_parse_arguments(PROGRAM "" "" "USES;HIDES" ${ARGN})
  add_executable(${name} ${source})
  list(TRANSFORM PROGRAM_USES PREPEND fundstelle_)
  target_link_libraries(${name} PRIVATE fundstelle_flags ${PROGRAM_USES} ${PROGRAM_HIDES})
  target_compile_definitions(${name} PRIVATE FUNDSTELLE_VERSION="${PROJECT_VERSION}")
endfunction()
