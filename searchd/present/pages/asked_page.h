// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page "Wurde das schon gefragt?".
#pragma once

#include <string>

#include "query/answer.h"
#include "query/asked.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace fundstelle::present {

struct AskedView {
  const AskedRequest& request;
  const std::string& text;                   ///< of the draft, as posted
  const AskedAnswer* answer;                 ///< null: nothing asked yet
  const SearchAnswer& overview;              ///< counts of bodies and types, for the filters
  bool posted = false;                       ///< with an empty draft, if `answer` is null
  std::string today;                         ///< ISO; on the printed dossier
  std::vector<std::string> incomplete = {};  ///< parts of the collection not looked at, German
};

/// `pdfjs`: folder of pdf.js, empty where pages were built without scripts.
void fill_asked(ctemplate::TemplateDictionary& page, const AskedView& view,
                const std::string& pdfjs);

}  // namespace fundstelle::present
