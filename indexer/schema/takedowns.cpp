// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/takedowns.h"

#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schema/durable.h"

namespace fundstelle::schema {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void damaged(const std::filesystem::path& file) {
  throw IndexError(
      file.string() +
      ": damaged or edited by hand; restore it from a backup, for without it documents "
      "that were taken down would come back");
}

}  // namespace

std::map<std::string, Takedown> read_takedowns(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / kTakedownsFile;
  std::map<std::string, Takedown> takedowns;
  std::error_code missing;
  if (!std::filesystem::exists(file, missing) && !missing) return takedowns;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw IndexError(file.string() + ": cannot be read; change its permissions");
  const Json json = Json::parse(text.view(), nullptr, /*allow_exceptions=*/false);
  try {
    const Json& list = json.at("takedowns");
    if (json.at("checksum").get<std::string>() != sha256_of_text(list.dump())) damaged(file);
    for (const Json& one : list) {
      Takedown takedown{one.at("id").get<std::string>(), one.at("reason").get<std::string>(),
                        one.at("date").get<std::string>(), one.at("sha256").get<std::string>()};
      takedowns.emplace(takedown.id, takedown);
    }
  } catch (const nlohmann::json::exception&) {
    damaged(file);
  }
  return takedowns;
}

void write_takedowns(const std::filesystem::path& dir,
                     const std::map<std::string, Takedown>& takedowns) {
  Json list = Json::array();
  for (const auto& [id, takedown] : takedowns) {
    list.push_back({{"id", id},
                    {"reason", takedown.reason},
                    {"date", takedown.date},
                    {"sha256", takedown.sha256}});
  }
  Json json;
  json["checksum"] = sha256_of_text(list.dump());
  json["takedowns"] = std::move(list);
  write_durably(dir / kTakedownsFile, json.dump(1) + "\n");
}

std::optional<Takedown> TakedownList::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  struct stat status {};
  Mark mark;
  if (::stat((dir_ / kTakedownsFile).c_str(), &status) == 0) {
    mark = {status.st_ino, static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec};
  }
  if (mark != mark_) {
    takedowns_ = read_takedowns(dir_);
    mark_ = mark;
  }
  const auto found = takedowns_.find(std::string(id));
  if (found == takedowns_.end()) return std::nullopt;
  return found->second;
}

}  // namespace fundstelle::schema
