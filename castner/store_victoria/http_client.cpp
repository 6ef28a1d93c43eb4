// SPDX-License-Identifier: Apache-2.0
#include "castner/store_victoria/http_client.h"

#include <curl/curl.h>

#include "castner/base/check.h"

namespace castner::store_victoria {

/// One connection. What arrives goes to `sink`, which says false to stop.
struct HttpClient::Handle {
  CURL* curl = curl_easy_init();
  std::function<bool(std::string_view)> sink;
  bool stopped = false;

  Handle() { check(curl != nullptr, "libcurl gives a handle"); }
  ~Handle() { curl_easy_cleanup(curl); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  static std::size_t receive(const char* data, std::size_t, std::size_t n, void* self) {
    auto& handle = *static_cast<Handle*>(self);
    if (handle.sink({data, n})) return n;
    handle.stopped = true;
    return 0;  // libcurl ends the transfer
  }
};

/// A handle out of the pool, back in it at the end.
struct HttpClient::Borrowed {
  explicit Borrowed(const HttpClient& client) : client_(client) {
    const std::lock_guard lock(client.mutex_);
    if (client.idle_.empty()) {
      handle = std::make_unique<Handle>();
    } else {
      handle = std::move(client.idle_.back());
      client.idle_.pop_back();
    }
    curl_easy_reset(handle->curl);
    handle->stopped = false;
  }
  ~Borrowed() {
    handle->sink = nullptr;
    const std::lock_guard lock(client_.mutex_);
    client_.idle_.push_back(std::move(handle));
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;

  std::unique_ptr<Handle> handle;

 private:
  const HttpClient& client_;
};

HttpClient::HttpClient(std::string base, std::chrono::milliseconds timeout)
    : base_(std::move(base)), timeout_(timeout) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  check(ready, "libcurl starts");
}
HttpClient::~HttpClient() = default;

Result<void> HttpClient::perform(Handle& handle, const std::string& path, const Parameters& parameters) const {
  std::string url = base_ + path, words;
  char before = '?';
  for (const auto& [key, value] : parameters) {
    char* escaped = curl_easy_escape(handle.curl, value.c_str(), static_cast<int>(value.size()));
    ((url += before) += key) += '=';
    url += escaped;
    curl_free(escaped);
    before = '&';
  }
  // Until the status is known, what arrives may be the server's complaint.
  const auto wanted = handle.sink;
  long status = 0;
  handle.sink = [&](std::string_view data) {
    if (status == 0) curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &status);
    if (status / 100 == 2) return wanted(data);
    words.append(data.substr(0, 300 - std::min<std::size_t>(300, words.size())));
    return true;
  };
  curl_easy_setopt(handle.curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
  curl_easy_setopt(handle.curl, CURLOPT_WRITEFUNCTION, &Handle::receive);
  curl_easy_setopt(handle.curl, CURLOPT_WRITEDATA, &handle);
  const CURLcode code = curl_easy_perform(handle.curl);
  if (handle.stopped) return {};
  if (code != CURLE_OK)
    return world_refused(base_, curl_easy_strerror(code), "is the server running, and is this its address?");
  curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &status);
  if (status / 100 == 2) return {};
  while (!words.empty() && (words.back() == '\n' || words.back() == '\r')) words.pop_back();
  return world_refused(base_, "answered " + std::to_string(status) + (words.empty() ? "" : ": " + words));
}

Result<std::string> HttpClient::get(const std::string& path, const Parameters& parameters) const {
  const Borrowed borrowed(*this);
  std::string body;
  borrowed.handle->sink = [&](std::string_view data) { return body.append(data), true; };
  CASTNER_TRY(perform(*borrowed.handle, path, parameters));
  return body;
}

Result<std::string> HttpClient::post(const std::string& path, std::string_view body, const char* content_type) const {
  const Borrowed borrowed(*this);
  std::string answer;
  borrowed.handle->sink = [&](std::string_view data) { return answer.append(data), true; };
  CURL* curl = borrowed.handle->curl;
  curl_slist* headers = curl_slist_append(nullptr, (std::string("Content-Type: ") + content_type).c_str());
  headers = curl_slist_append(headers, "Expect:");  // no round trip before the body
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  const auto done = perform(*borrowed.handle, path, {});
  curl_slist_free_all(headers);
  if (!done) return tl::unexpected(done.error());
  return answer;
}

Result<void> HttpClient::get_lines(const std::string& path, const Parameters& parameters,
                                   const std::function<bool(std::string_view)>& each) const {
  const Borrowed borrowed(*this);
  std::string rest;
  bool more = true;
  borrowed.handle->sink = [&](std::string_view data) {
    for (auto end = data.find('\n'); more && end != data.npos; end = data.find('\n')) {
      rest.append(data.substr(0, end));
      data.remove_prefix(end + 1);
      more = rest.empty() || each(rest);
      rest.clear();
    }
    rest.append(data);
    return more;
  };
  if (auto done = perform(*borrowed.handle, path, parameters); !done) return done;
  if (more && !rest.empty()) each(rest);
  return {};
}

}  // namespace castner::store_victoria
