# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DSOURCE=web -DOUT=share/fundstelle/web -DWORK=scratch [-DMODULES=dir] [-DKERN=dir] -P assemble.cmake
#
# MODULES: a node_modules folder made by npm from package-lock.json; none: npm makes one in WORK, once.
find_program(NODE node)
if(NOT NODE)
  message(FATAL_ERROR "node is missing (assembles the style sheet): apt-get install nodejs npm")
endif()
if(MODULES)
  if(NOT KERN)
    set(KERN ${MODULES}/@kern-ux/native)
  endif()
elseif(NOT KERN)
  set(MODULES ${WORK}/node_modules)
  set(KERN ${MODULES}/@kern-ux/native)
  file(READ ${SOURCE}/package-lock.json wanted)
  set(have "")
  if(EXISTS ${WORK}/package-lock.json AND EXISTS ${KERN}/dist/kern.css)
    file(READ ${WORK}/package-lock.json have)
  endif()
  if(NOT have STREQUAL wanted)
    find_program(NPM npm)
    if(NOT NPM)
      message(FATAL_ERROR "npm is missing (fetches the style of the web pages): apt-get install npm")
    endif()
    file(MAKE_DIRECTORY ${WORK})
    file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${WORK})
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund
      WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE talk ERROR_VARIABLE talk)
    if(failed)
      # Or the next run would take the half-done folder for a finished one.
      file(REMOVE ${WORK}/package-lock.json)
      message(FATAL_ERROR "npm could not fetch what the web pages are made with (web/package.json). Is "
        "the network reachable? Without one, run npm ci in a copy of web/ elsewhere and configure with "
        "-DFUNDSTELLE_NODE_MODULES=its node_modules. npm said:\n${talk}")
    endif()
  endif()
endif()
if(NOT EXISTS ${KERN}/dist/kern.css)
  message(FATAL_ERROR "${KERN} holds no dist/kern.css; it must be an unpacked @kern-ux/native")
endif()
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT}/assets)
file(COPY ${SOURCE}/templates DESTINATION ${OUT})
file(GLOB others ${SOURCE}/assets/*)
if(others)
  file(COPY ${others} DESTINATION ${OUT}/assets)
endif()
# One sheet: what all pages share first, what narrow screens and paper change last.
file(GLOB sheets ${SOURCE}/styles/*.css)
list(REMOVE_ITEM sheets ${SOURCE}/styles/base.css ${SOURCE}/styles/screens.css)
execute_process(COMMAND ${NODE} ${SOURCE}/take-kern.mjs ${KERN}/dist/kern.css ${OUT}/assets/style.css
  ${SOURCE}/styles/base.css ${sheets} ${SOURCE}/styles/screens.css RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "take-kern.mjs failed")
endif()

# Typed modules become one script. Types are checked first; the bundler only takes them off.
if(EXISTS ${MODULES}/esbuild/bin/esbuild)
  execute_process(COMMAND ${NODE} ${MODULES}/typescript/bin/tsc --project ${SOURCE}/tsconfig.json
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "web/scripts has type errors, see above")
  endif()
  execute_process(COMMAND ${NODE} ${MODULES}/esbuild/bin/esbuild ${SOURCE}/scripts/main.ts --bundle --minify
    --format=esm --target=es2021 --charset=utf8 --log-level=warning --outfile=${OUT}/assets/main.js
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "esbuild failed")
  endif()
  # The PDF viewer is a script of its own, loaded only where an original is shown.
  if(EXISTS ${MODULES}/pdfjs-dist/legacy/build/pdf.min.mjs)
    execute_process(COMMAND ${NODE} ${MODULES}/esbuild/bin/esbuild ${SOURCE}/scripts/viewer.ts --bundle --minify
      --format=esm --target=es2021 --charset=utf8 --log-level=warning --outfile=${OUT}/assets/viewer.js
      RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "esbuild failed")
    endif()
    # Packing takes seconds and pdf.js changes seldom: done once for each version.
    file(SHA256 ${SOURCE}/take-pdfjs.mjs taker)
    file(SHA256 ${MODULES}/pdfjs-dist/package.json version)
    set(taken "")
    if(EXISTS ${WORK}/pdfjs/taken)
      file(READ ${WORK}/pdfjs/taken taken)
    endif()
    if(NOT taken STREQUAL "${taker}${version}")
      file(REMOVE_RECURSE ${WORK}/pdfjs)
      execute_process(COMMAND ${NODE} ${SOURCE}/take-pdfjs.mjs ${MODULES}/pdfjs-dist ${WORK}/pdfjs/files
        RESULT_VARIABLE failed)
      if(failed)
        message(FATAL_ERROR "take-pdfjs.mjs failed")
      endif()
      file(WRITE ${WORK}/pdfjs/taken "${taker}${version}")
    endif()
    file(COPY ${WORK}/pdfjs/files/ DESTINATION ${OUT}/assets/pdfjs)
  endif()
  # Every page pays for it: 40 KB packed at most.
  file(ARCHIVE_CREATE OUTPUT ${WORK}/main.js.gz PATHS ${OUT}/assets/main.js FORMAT raw COMPRESSION GZip)
  file(SIZE ${WORK}/main.js.gz packed)
  if(packed GREATER 40000)
    message(FATAL_ERROR "web/scripts: ${packed} bytes packed, more than 40,000")
  endif()
else()
  message(STATUS "no esbuild: pages are served without script (they work, without completion)")
endif()
file(TOUCH ${OUT}/stamp)
