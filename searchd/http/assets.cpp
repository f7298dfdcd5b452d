// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/assets.h"

#include <brotli/encode.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fundstelle::http {
namespace {

std::string media_type_of(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".js" || extension == ".mjs") return "text/javascript; charset=utf-8";
  if (extension == ".svg") return "image/svg+xml";
  if (extension == ".woff2") return "font/woff2";
  if (extension == ".ttf") return "font/ttf";
  if (extension == ".png") return "image/png";
  return "application/octet-stream";
}

std::string brotli(std::string_view bytes) {
  std::string packed(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = packed.size();
  if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                            bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                            &size, reinterpret_cast<std::uint8_t*>(packed.data())) != BROTLI_TRUE) {
    return {};
  }
  packed.resize(size);
  return packed;
}

std::shared_ptr<const std::string> if_smaller(std::string packed, const std::string& plain) {
  if (packed.empty() || packed.size() >= plain.size()) return nullptr;
  return std::make_shared<const std::string>(std::move(packed));
}

}  // namespace

std::string content_hash(std::string_view bytes, std::size_t digits) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < length && hex.size() < digits; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  hex.resize(std::min(hex.size(), digits));
  return hex;
}

std::string gzip(std::string_view bytes, int level) {
  z_stream stream{};
  // 15 window bits, plus 16 for a gzip header.
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return result == Z_STREAM_END ? packed : std::string{};
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const std::size_t comma = accept_encoding.find(',');
    std::string_view entry = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size()
                                                                  : comma + 1);
    while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
    const std::size_t semicolon = entry.find(';');
    std::string_view name = entry.substr(0, semicolon);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (name != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    const std::size_t q = entry.find("q=", semicolon);
    if (q == std::string_view::npos) return true;
    return entry.find_first_of("123456789", q) != std::string_view::npos;
  }
  return false;
}

namespace {
std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Null if there is no such file.
std::shared_ptr<const std::string> packed_beside(std::filesystem::path file, const char* ending) {
  file += ending;
  if (!std::filesystem::is_regular_file(file)) return nullptr;
  return std::make_shared<const std::string>(read_whole(file));
}
}  // namespace

void Assets::take_folder(const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  std::map<std::string, Asset> files;
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || extension == ".br" || extension == ".gz") continue;
    Asset asset;
    asset.media_type = media_type_of(entry.path());
    asset.runs_alone = true;
    asset.plain = std::make_shared<const std::string>(read_whole(entry.path()));
    asset.etag = "\"" + content_hash(*asset.plain) + "\"";
    asset.brotli = packed_beside(entry.path(), ".br");
    asset.gzip = packed_beside(entry.path(), ".gz");
    files[entry.path().filename().string()] = std::move(asset);
  }
  for (const auto& [file, asset] : files) all += file + asset.etag;
  const std::string hashed = name + "." + content_hash(all);
  addresses_[name] = "/assets/" + hashed + "/";
  for (auto& [file, asset] : files) by_name_[hashed + "/" + file] = std::move(asset);
}

Assets::Assets(const std::filesystem::path& folder, const std::filesystem::path& templates) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) {
    throw std::runtime_error("assets missing: " + folder.string() +
                             "; --web must name the folder that holds templates/ and assets/");
  }
  std::string all;
  for (const auto& entry : entries) {
    if (entry.is_directory()) take_folder(entry.path());
    if (!entry.is_regular_file()) continue;
    const std::string plain = read_whole(entry.path());
    const std::string hash = content_hash(plain);
    Asset asset;
    asset.media_type = media_type_of(entry.path());
    asset.etag = "\"" + hash + "\"";
    asset.gzip = if_smaller(gzip(plain, 9), plain);
    asset.brotli = if_smaller(brotli(plain), plain);
    asset.plain = std::make_shared<const std::string>(plain);
    const std::string name = entry.path().filename().string();
    const std::string hashed =
        entry.path().stem().string() + "." + hash + entry.path().extension().string();
    addresses_[name] = "/assets/" + hashed;
    by_name_[hashed] = std::move(asset);
  }
  for (const auto& [name, address] : addresses_) all += address;
  std::map<std::string, std::string> by_template;  // folders list in no order
  if (!templates.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(templates, error)) {
      if (entry.is_regular_file()) by_template[entry.path().filename()] = read_whole(entry.path());
    }
  }
  for (const auto& [name, text] : by_template) all += content_hash(text);
  fingerprint_ = content_hash(all);
}

const Asset* Assets::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

}  // namespace fundstelle::http
