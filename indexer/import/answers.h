// SPDX-License-Identifier: GPL-3.0-or-later
//
// Objects of foreign interfaces: which kind they are, what keeps them apart, and how those of one
// paper become a document. Internal to this room.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace fundstelle::answers {

using Json = nlohmann::json;

enum class Kind {
  kDrucksache,
  kPlenarprotokoll,
  kVorgang,
  kVorgangsposition,
  kAktivitaet,
  kPerson,
  kPaper,
  kMeeting,
  kAgendaItem,
  kFile,
  kOther,  ///< OParl objects that only name things: System, Body, Organization, Person …
};

/// A recognised object. `key` is the same for the same object wherever it is saved.
struct Recognised {
  Kind kind = Kind::kOther;
  std::string key;
};
/// Nothing: no object of DIP or OParl.
[[nodiscard]] std::optional<Recognised> recognise(const Json& object);

/// The lists in which interfaces answer: elements of `documents` (DIP) or `data` (OParl), or of a
/// JSON array. nullptr: the value is an object of its own.
[[nodiscard]] const Json* list_of(const Json& value);

/// Text an object carries ("text" of DIP's -text entities and of OParl's File).
[[nodiscard]] std::string text_of_object(const Json& object);

/// Objects known by key; nullptr: not among the files. Objects are without texts.
using Lookup = std::function<const Json*(const std::string& key)>;
/// Text by key of the object that carries it; empty: none.
using Texts = std::function<std::string(const std::string& key)>;

/// Document id of an object that becomes one: stable over runs and exports.
[[nodiscard]] std::string document_id(const std::string& key);

/// DIP's Drucksache or Plenarprotokoll. `matters`: topics of the Vorgänge it belongs to.
[[nodiscard]] Document paper_of_dip(const Json& object, const std::string& key, Kind kind,
                                    const Lookup& lookup);
/// A Vorgang with its steps (Vorgangspositionen, in any order). `vorgang` may be null: then the
/// steps alone tell.
[[nodiscard]] Document matter_of_dip(const Json* vorgang, std::vector<const Json*> steps,
                                     const std::string& key);

/// Keys of Files that hold the text of a Paper or Meeting, in the order they are printed; embedded
/// objects and mere URLs alike.
[[nodiscard]] std::vector<std::string> files_of(const Json& object);
/// Objects that stand within others (mainFile, agendaItem, consultation …), each once.
void each_embedded(const Json& object, const std::function<void(const Json&)>& take);

[[nodiscard]] Document paper_of_oparl(const Json& object, const std::string& key,
                                      const Lookup& lookup, const Texts& texts);
[[nodiscard]] Document meeting_of_oparl(const Json& object, const std::string& key,
                                        std::vector<const Json*> items, const Lookup& lookup,
                                        const Texts& texts);
/// A File no Paper or Meeting names, or an AgendaItem whose Meeting is not among the files.
[[nodiscard]] Document single_of_oparl(const Json& object, const std::string& key, Kind kind,
                                       const Lookup& lookup, const Texts& texts);

/// String member, empty if missing or of another type; numbers as decimals.
[[nodiscard]] std::string text(const Json& object, const char* name);

}  // namespace fundstelle::answers
