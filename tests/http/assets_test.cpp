// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/assets.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "data.h"

namespace fundstelle::http {
namespace {

void put(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("assets: files of a subfolder share one address and find each other", "[http]") {
  const test::ScratchDir scratch;
  const auto folder = scratch.path() / "assets";
  put(folder / "style.css", "a { color: red }");
  put(folder / "pdfjs/pdf.min.mjs", "export {};");
  put(folder / "pdfjs/pdf.min.mjs.br", "packed");
  put(folder / "pdfjs/font.ttf", "glyphs");
  const Assets assets(folder);
  const std::string address = assets.addresses().at("pdfjs");
  REQUIRE(address.rfind("/assets/pdfjs.", 0) == 0);
  REQUIRE(address.back() == '/');
  const std::string hashed = address.substr(std::string("/assets/").size());
  const Asset* script = assets.find(hashed + "pdf.min.mjs");
  REQUIRE(script != nullptr);
  // A browser refuses a module of any other type.
  CHECK(script->media_type == "text/javascript; charset=utf-8");
  CHECK(*script->plain == "export {};");
  REQUIRE(script->brotli);
  CHECK(*script->brotli == "packed");
  CHECK_FALSE(script->gzip);
  CHECK(script->runs_alone);
  CHECK(assets.find(hashed + "font.ttf") != nullptr);
  CHECK(assets.find(hashed + "pdf.min.mjs.br") == nullptr);
  CHECK(assets.find("pdf.min.mjs") == nullptr);
  CHECK_FALSE(assets.find(assets.addresses().at("style.css").substr(8))->runs_alone);

  // Any change of any file gives all of them a new address: they may be kept for ever.
  put(folder / "pdfjs/font.ttf", "other glyphs");
  CHECK(Assets(folder).addresses().at("pdfjs") != address);
  CHECK(Assets(folder).fingerprint() != assets.fingerprint());
}

}  // namespace fundstelle::http
