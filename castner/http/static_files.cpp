// SPDX-License-Identifier: Apache-2.0
#include "castner/http/static_files.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>

#include "castner/base/check.h"
#include "castner/base/file.h"
#include "castner/http/gzip.h"
#include "castner/http/problem_details.h"

namespace castner::http {
namespace {

/// The first half of its SHA-256 as 32 hexadecimal digits: a name for a content.
std::string digest_of(std::string_view content) {
  std::array<unsigned char, 32> hash{};
  check(EVP_Digest(content.data(), content.size(), hash.data(), nullptr, EVP_sha256(), nullptr) == 1,
        "SHA-256 is there");
  std::string text;
  for (std::size_t i = 0; i < hash.size() / 2; ++i) text += fmt::format("{:02x}", hash[i]);
  return text;
}

namespace fs = std::filesystem;

struct Type {
  std::string_view ending, type;
  bool text;
};
constexpr Type kTypes[] = {{".html", "text/html; charset=utf-8", true},
                           {".js", "text/javascript; charset=utf-8", true},
                           {".css", "text/css; charset=utf-8", true},
                           {".svg", "image/svg+xml", true},
                           {".json", "application/json", true},
                           {".webmanifest", "application/manifest+json", true},
                           {".txt", "text/plain; charset=utf-8", true},
                           {".png", "image/png", false},
                           {".ico", "image/x-icon", false},
                           {".woff2", "font/woff2", false}};

const Type* type_of(std::string_view name) {
  for (const auto& t : kTypes)
    if (name.ends_with(t.ending)) return &t;
  return nullptr;
}

bool accepts(std::string_view header, std::string_view coding) {
  const auto at = header.find(coding);
  if (at == std::string_view::npos) return false;
  const auto rest = header.substr(at + coding.size());
  return !rest.starts_with(";q=0") || rest.starts_with(";q=0.");
}

}  // namespace

Result<StaticFiles> StaticFiles::read(const std::string& folder) {
  StaticFiles all;
  if (folder.empty()) return all;
  static const std::regex hashed(R"(.*-[A-Za-z0-9_-]{8,}\.[a-z0-9]+)");
  std::map<std::string, std::string> contents;
  std::size_t bytes = 0;
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    if (!it->is_regular_file() || it->is_symlink()) continue;
    bytes += it->file_size();
    if (bytes > kMostBytes) return bad_input(folder, "holds more than 64 MB", "name the folder of the built pages");
    auto content = CASTNER_TRY(read_file(it->path().string()));
    contents.emplace(fs::relative(it->path(), folder).generic_string(), std::move(content));
  }
  if (ec) return world_refused(folder, "cannot be read: " + ec.message(), "name the folder of the built pages");
  for (auto& [name, content] : contents) {
    if (name.ends_with(".gz") || name.ends_with(".br")) continue;
    File file;
    const Type* type = type_of(name);
    file.type = type ? type->type : "application/octet-stream";
    file.etag = "\"" + digest_of(content) + "\"";
    file.for_ever = std::regex_match(name, hashed);
    if (const auto gz = contents.find(name + ".gz"); gz != contents.end())
      file.gzip = std::make_shared<std::string>(gz->second);
    else if (type && type->text)
      file.gzip = std::make_shared<std::string>(gzip(content, 9));
    if (const auto br = contents.find(name + ".br"); br != contents.end())
      file.brotli = std::make_shared<std::string>(br->second);
    file.plain = std::make_shared<std::string>(content);
    all.files_.emplace(name, std::move(file));
  }
  if (!all.files_.contains("index.html")) return bad_input(folder, "has no index.html", "make builds the pages");
  return all;
}

Response StaticFiles::answer(const Request& request, const Target& target) const {
  std::string name;
  for (const auto& part : target.parts) name += (name.empty() ? "" : "/") + part;
  auto it = files_.find(name.empty() ? "index.html" : name);
  // A page of the program, such as /trends: the program in index.html knows it. A missing file is not one.
  if (it == files_.end() && target.parts.back().find('.') == std::string::npos && target.parts.front() != "api")
    it = files_.find("index.html");
  if (it == files_.end()) return problem(404, "there is no such page");
  if (request.method != "GET" && request.method != "HEAD")
    return problem(405, "pages are only read").with("Allow", "GET, HEAD");
  const File& file = it->second;
  Response r;
  r.with("ETag", file.etag).with("Vary", "Accept-Encoding");
  r.with("Cache-Control", file.for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("If-None-Match").find(file.etag) != std::string_view::npos) {
    r.status = 304;
    return r;
  }
  r.with("Content-Type", file.type);
  const auto codings = request.header("Accept-Encoding");
  if (file.brotli && accepts(codings, "br")) {
    r.with("Content-Encoding", "br").shared = file.brotli;
  } else if (file.gzip && accepts(codings, "gzip")) {
    r.with("Content-Encoding", "gzip").shared = file.gzip;
  } else {
    r.shared = file.plain;
  }
  return r;
}

void add_security_headers(Response& r, bool tls) {
  r.with("Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
         "'self'; "
         "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  r.with("X-Content-Type-Options", "nosniff");
  r.with("X-Frame-Options", "DENY");
  r.with("Referrer-Policy", "no-referrer");
  r.with("Cross-Origin-Opener-Policy", "same-origin");
  r.with("Cross-Origin-Resource-Policy", "same-origin");
  if (tls) r.with("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace castner::http
