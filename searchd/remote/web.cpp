// SPDX-License-Identifier: GPL-3.0-or-later
#include "remote/web.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

#include "research/source.h"

namespace fundstelle::remote {
namespace {

constexpr int kTries = 6;
constexpr long kLongestWait = 30;  ///< seconds, whatever the server wishes
constexpr long kConnectSeconds = 10, kAnswerSeconds = 300;
constexpr std::size_t kMostAnswerBytes = std::size_t{1} << 30;

std::size_t take(char* data, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + size * count > kMostAnswerBytes) return 0;
  body.append(data, size * count);
  return size * count;
}

/// One connection a thread, kept open.
CURL* connection() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw research::SourceError("libcurl cannot be set up");
  thread_local const std::unique_ptr<CURL, void (*)(CURL*)> kept(curl_easy_init(),
                                                                 curl_easy_cleanup);
  if (!kept) throw research::SourceError("libcurl cannot be set up");
  curl_easy_reset(kept.get());
  return kept.get();
}

}  // namespace

Web::Web(std::string base) : base_(std::move(base)) {
  while (base_.ends_with('/')) base_.pop_back();
  if (!base_.starts_with("http://") && !base_.starts_with("https://")) {
    throw research::SourceError(base_ + ": an address begins with http:// or https://");
  }
}

WebAnswer Web::ask(const std::string& address, const std::string& body,
                   const std::string& type) const {
  const std::string url = base_ + address;
  for (int attempt = 1;; ++attempt) {
    CURL* const curl = connection();
    WebAnswer answer;
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
        type.empty() ? nullptr : curl_slist_append(nullptr, ("Content-Type: " + type).c_str()),
        curl_slist_free_all);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "fundstelle-query");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kAnswerSeconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (!body.empty()) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    }
    const CURLcode code = curl_easy_perform(curl);
    curl_off_t wished = 0;
    if (code == CURLE_OK) {
      curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
      curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wished);
      if (answer.status != 429 && answer.status != 503) return answer;
      if (attempt == kTries) return answer;
    } else if (attempt == kTries || (code != CURLE_COULDNT_CONNECT && code != CURLE_RECV_ERROR &&
                                     code != CURLE_GOT_NOTHING && code != CURLE_SEND_ERROR)) {
      throw research::SourceError(url + ": " + curl_easy_strerror(code));
    }
    const long wait = wished > 0 ? static_cast<long>(wished) : 1L << (attempt - 1);
    std::this_thread::sleep_for(std::chrono::seconds(std::min(wait, kLongestWait)));
  }
}

}  // namespace fundstelle::remote
