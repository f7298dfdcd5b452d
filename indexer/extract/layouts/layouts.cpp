// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/layouts/layouts.h"

#include <array>

namespace fundstelle {

std::span<const Layout* const> parliament_layouts() {
  static const std::array<const Layout*, 18> layouts = {&kBundestag,
                                                        &kBundesrat,
                                                        &kBadenWuerttemberg,
                                                        &kBayern,
                                                        &kBerlin,
                                                        &kBrandenburg,
                                                        &kBremen,
                                                        &kHamburg,
                                                        &kHessen,
                                                        &kMecklenburgVorpommern,
                                                        &kNiedersachsen,
                                                        &kNordrheinWestfalen,
                                                        &kRheinlandPfalz,
                                                        &kSaarland,
                                                        &kSachsenAnhalt,
                                                        &kSchleswigHolstein,
                                                        &kThueringen,
                                                        &kSachsen};
  return layouts;
}

}  // namespace fundstelle
