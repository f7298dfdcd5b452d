// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/answers.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace fundstelle::answers {
namespace {

constexpr std::string_view kOParl = "https://schema.oparl.org/";

bool has(const Json& object, const char* name) { return object.contains(name); }

std::string digest(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();  // the only way it can fail
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < 10 && i < length; ++i) {
    out += kHex[hash[i] >> 4];
    out += kHex[hash[i] & 15];
  }
  return out;
}

/// "https://schema.oparl.org/1.1/Paper" gives "Paper"; empty: another type.
std::string oparl_type(const Json& object) {
  const std::string type = text(object, "type");
  std::string_view rest = type;
  if (rest.starts_with("http://")) {
    if (!rest.substr(4).starts_with(kOParl.substr(5))) return {};
  } else if (!rest.starts_with(kOParl)) {
    return {};
  }
  const std::size_t slash = rest.rfind('/');
  return std::string(rest.substr(slash + 1));
}

}  // namespace

std::string text(const Json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return {};
}

const Json* list_of(const Json& value) {
  if (value.is_array()) return &value;
  if (!value.is_object()) return nullptr;
  for (const char* name : {"documents", "data"}) {
    const auto found = value.find(name);
    if (found != value.end() && found->is_array()) return &*found;
  }
  return nullptr;
}

std::optional<Recognised> recognise(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  const std::string id = text(object, "id");
  if (id.empty()) return std::nullopt;
  if (const std::string type = oparl_type(object); !type.empty()) {
    Recognised found{Kind::kOther, "oparl " + id};
    if (type == "Paper") found.kind = Kind::kPaper;
    if (type == "Meeting") found.kind = Kind::kMeeting;
    if (type == "AgendaItem") found.kind = Kind::kAgendaItem;
    if (type == "File") found.kind = Kind::kFile;
    return found;
  }
  // DIP numbers every kind of thing for itself.
  if (has(object, "vorgang_id") && has(object, "vorgangsposition"))
    return Recognised{Kind::kVorgangsposition, "dip vorgangsposition " + id};
  if (has(object, "aktivitaetsart")) return Recognised{Kind::kAktivitaet, "dip aktivitaet " + id};
  if (has(object, "dokumentnummer") && has(object, "dokumentart")) {
    if (text(object, "dokumentart") == "Plenarprotokoll")
      return Recognised{Kind::kPlenarprotokoll, "dip plenarprotokoll " + id};
    return Recognised{Kind::kDrucksache, "dip drucksache " + id};
  }
  if (has(object, "vorgangstyp")) return Recognised{Kind::kVorgang, "dip vorgang " + id};
  if (has(object, "nachname") && has(object, "vorname"))
    return Recognised{Kind::kPerson, "dip person " + id};
  return std::nullopt;
}

std::string text_of_object(const Json& object) { return text(object, "text"); }

std::string document_id(const std::string& key) {
  if (key.starts_with("dip ")) {
    std::string id = key;
    for (char& c : id) {
      if (c == ' ') c = '-';
    }
    if (is_document_id(id)) return id;
    return "dip-" + digest(key);
  }
  // Addresses of objects are their identity in OParl.
  return "oparl-" + digest(key);
}

}  // namespace fundstelle::answers
