# SPDX-License-Identifier: GPL-3.0-or-later
#
# What makes a mistake of ours hard to use: every program is position independent with its tables read-only
# once linked, and checks its stacks, its library calls on buffers and where it jumps to. Written out although
# Debian's compiler does part of it by default; tests/http/hardening_test.cpp reads the finished programs.
#
# Stack protectors (rooms.cmake) and linking hold for every build. What needs or costs optimisation is left out of
# Debug builds; sanitizers have checks of their own.
set(optimised "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
set(sanitized FALSE)
if(FUNDSTELLE_FUZZ OR FUNDSTELLE_SANITIZE OR FUNDSTELLE_TSAN)
  set(sanitized TRUE)
endif()

target_link_options(fundstelle_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
if(NOT sanitized)
  target_link_options(fundstelle_flags INTERFACE -pie)
  target_compile_options(fundstelle_flags INTERFACE "$<${optimised}:-fPIE;-fstack-clash-protection>")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(fundstelle_flags INTERFACE $<${optimised}:-fcf-protection=full>)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64")
    target_compile_options(fundstelle_flags INTERFACE $<${optimised}:-mbranch-protection=standard>)
  endif()
  target_compile_options(fundstelle_flags INTERFACE "$<${optimised}:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
endif()
