// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/remote.h"

#include "schema/wire.h"

namespace fundstelle::schema {

std::string pack_remote(std::string_view record, const std::vector<std::string>& passages) {
  std::string plain;
  put_text(plain, record);
  put_number(plain, passages.size());
  for (const std::string& passage : passages) put_text(plain, passage);
  return StoredCodec().compress_record(plain);
}

RemoteDocument unpack_remote(std::string_view data) {
  const std::string plain = StoredCodec().decompress(data);
  WireReader in(plain);
  RemoteDocument out;
  out.record = in.text();
  for (std::size_t n = in.count(); n > 0; --n) out.passages.emplace_back(in.text());
  return out;
}

}  // namespace fundstelle::schema
