// SPDX-License-Identifier: GPL-3.0-or-later
//
// Style and images, held in memory in every encoding a browser may ask for. An address carries a
// hash of the content, so it may be cached for ever.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace fundstelle::http {

struct Asset {
  std::string media_type, etag;
  std::shared_ptr<const std::string> plain, gzip, brotli;  ///< the last two null if not smaller
  /// Of a folder: may be a worker, which obeys the policy it is sent with, not its page's.
  bool runs_alone = false;
};

class Assets {
 public:
  /// Reads every file of the folder and of its subfolders. Files of a subfolder find one another by
  /// name, so they share one hash ("/assets/pdfjs.4f1d20c3aa/pdf.min.mjs"); they are served packed
  /// if the build has put NAME.br and NAME.gz beside them. Throws std::runtime_error naming the
  /// folder.
  /// `templates` only counts for the fingerprint: pages change with their templates.
  explicit Assets(const std::filesystem::path& folder, const std::filesystem::path& templates = {});

  /// File name ("style.css") to address ("/assets/style.4f1d20c3aa.css"); name of a subfolder
  /// ("pdfjs") to the address its files' names are appended to ("/assets/pdfjs.4f1d20c3aa/").
  [[nodiscard]] const std::map<std::string, std::string>& addresses() const { return addresses_; }
  /// By the part of the address after "/assets/"; null if there is none.
  [[nodiscard]] const Asset* find(std::string_view name) const;
  /// Hash over all of them and the templates: changes when any does.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  void take_folder(const std::filesystem::path& folder);

  std::map<std::string, Asset, std::less<>> by_name_;
  std::map<std::string, std::string> addresses_;
  std::string fingerprint_;
};

/// First `digits` hex digits of the SHA-256.
[[nodiscard]] std::string content_hash(std::string_view bytes, std::size_t digits = 10);

/// Level 1 to 9; empty if zlib fails.
[[nodiscard]] std::string gzip(std::string_view bytes, int level);

/// Does an Accept-Encoding header accept this coding ("gzip", "br")? "q=0" refuses it.
[[nodiscard]] bool accepts(std::string_view accept_encoding, std::string_view coding);

}  // namespace fundstelle::http
