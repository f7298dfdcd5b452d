// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/collected.h"

#include <algorithm>
#include <charconv>

#include "document/document.h"
#include "present/address.h"

namespace fundstelle::present {
namespace {

constexpr std::size_t kLabelBytes = 16;

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelBytes &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '.' || c == '-';
         });
}

std::string joined(const std::vector<Collected>& pieces) {
  std::string list;
  for (const Collected& piece : pieces) {
    if (!list.empty()) list += ',';
    list += name_of(piece);
  }
  return list;
}

}  // namespace

std::optional<Collected> read_collected(std::string_view name) {
  Collected out;
  const std::size_t mark = name.find('~');
  out.id = std::string(name.substr(0, mark));
  if (!is_document_id(out.id)) return std::nullopt;
  if (mark == std::string_view::npos) return out;
  const std::string_view place = name.substr(mark + 1);
  if (place.size() < 2) return std::nullopt;
  const std::string_view value = place.substr(1);
  if (place.front() == 'f' && is_label(value)) {
    out.label = std::string(value);
    return out;
  }
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out.page);
  const bool sound = place.front() == 's' && error == std::errc{} &&
                     end == value.data() + value.size() && out.page >= 1 && out.page <= 100'000;
  return sound ? std::optional(out) : std::nullopt;
}

std::string name_of(const Collected& piece) {
  if (!piece.label.empty()) return piece.id + "~f" + piece.label;
  if (piece.page != 0) return piece.id + "~s" + std::to_string(piece.page);
  return piece.id;
}

Collected collected_of(const Hit& hit, const PassageHit& passage) {
  Collected out{hit.id, 0, {}};
  if (!passage.labels.empty() && is_label(passage.labels.front())) {
    out.label = passage.labels.front();
  } else {
    out.page = passage.page;
  }
  return out;
}

std::string collected_address(const Collected& piece) {
  std::string anchor;
  if (!piece.label.empty()) {
    anchor = anchor_of_label(piece.label);
  } else if (piece.page != 0) {
    anchor = page_anchor(piece.page);
  }
  return document_address(piece.id, {}, anchor);
}

std::string collection_address(std::string_view path, const std::vector<Collected>& pieces) {
  std::string address(path);
  if (!pieces.empty()) address += "?d=" + joined(pieces);
  return address;
}

std::string export_address(const std::vector<Collected>& pieces, std::string_view format) {
  return collection_address("/api/v1/export", pieces) + "&format=" + std::string(format);
}

}  // namespace fundstelle::present
