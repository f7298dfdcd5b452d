// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/durable.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "schema/layout.h"

namespace fundstelle::schema {
namespace {

constexpr std::size_t kPiece = 1U << 20;

[[noreturn]] void fail_io(const std::filesystem::path& file, const char* what) {
  throw IndexError(file.string() + ": " + what + ": " + std::strerror(errno));
}

std::string hex(const unsigned char* digest, unsigned size) {
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += "0123456789abcdef"[digest[i] >> 4U];
    text += "0123456789abcdef"[digest[i] & 0xFU];
  }
  return text;
}

}  // namespace

void write_durably(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::path beside = file;
  beside += ".new";
  const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) fail_io(beside, "cannot be created");
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t got = write(fd, text.data() + written, text.size() - written);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      close(fd);
      fail_io(beside, "cannot be written");
    }
    written += static_cast<std::size_t>(got);
  }
  const bool synced = fsync(fd) == 0;
  if (close(fd) != 0 || !synced) fail_io(beside, "cannot be written");
  if (rename(beside.c_str(), file.c_str()) != 0) fail_io(file, "cannot be replaced");
  const int folder = open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail_io(file.parent_path(), "cannot be opened");
  const bool folder_synced = fsync(folder) == 0;
  close(folder);
  if (!folder_synced) fail_io(file.parent_path(), "cannot be synced");
}

std::string sha256_of_text(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hex(digest.data(), size);
}

std::string sha256_of_file(const std::filesystem::path& file) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail_io(file, "cannot be read");
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::vector<char> piece(kPiece);
  ssize_t got = 0;
  while ((got = read(fd, piece.data(), piece.size())) != 0) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      close(fd);
      fail_io(file, "cannot be read");
    }
    EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(got));
  }
  close(fd);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  return hex(digest.data(), size);
}

}  // namespace fundstelle::schema
