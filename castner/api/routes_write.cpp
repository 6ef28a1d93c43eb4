// SPDX-License-Identifier: Apache-2.0
// Readings that programs bring.
#include <optional>
#include <utility>

#include "castner/api/call.h"
#include "castner/api/json_read.h"
#include "castner/http/gzip.h"
#include "castner/sources/push_json.h"

namespace castner::api {
namespace {

using people::Role;

/// A body's share of what all may take together while they are unpacked, held until it is destroyed.
class Unpacked {
 public:
  explicit Unpacked(Services& services) : services_(services) {}
  ~Unpacked() { services_.unpacked -= share_; }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;

  /// Unpacks a body where it is packed; the answer where it cannot.
  std::optional<http::Response> unpack(http::Request& request) {
    auto& body = request.body;
    const auto coding = request.header("Content-Encoding");
    if (coding.empty() || coding == "identity") return std::nullopt;
    if (coding != "gzip")
      return http::problem(Error{
          ErrorCode::bad_input,
          {{"Content-Encoding", "\"" + std::string(coding.substr(0, 40)) + "\" is not understood", "gzip, or none"}}});
    const auto size = http::unpacked_size(body);
    const auto& options = services_.options;
    if (size > options.unpacked_limit) return http::problem(http::packed_fault(body, options.unpacked_limit));
    share_ = size;
    if (services_.unpacked.fetch_add(share_) + share_ > options.unpacked_together)
      return http::problem(503, "too many bodies at once").with("Retry-After", "1");
    auto plain = http::gunzip(body, size);
    if (!plain) return http::problem(http::packed_fault(body, options.unpacked_limit));
    body = std::move(*plain);
    return std::nullopt;
  }

 private:
  Services& services_;
  std::size_t share_ = 0;
};

/// The nanoseconds in one count of a time, by the name of its unit; 0 for an unknown name.
std::int64_t precision(const std::string& name) {
  for (const auto& [known, ns] :
       {std::pair<const char*, std::int64_t>{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}})
    if (name == known) return ns;
  return 0;
}

http::Response lines(Call& call) {
  const std::string unit = call.target.one("precision").value_or("ns");
  const auto ns_each = precision(unit);
  if (ns_each == 0)
    return http::problem(Error{ErrorCode::bad_input,
                               {{"precision", "\"" + unit.substr(0, 40) + "\" is not possible", "ns, us, ms or s"}}});
  auto& writer = call.services.writer;
  const auto hand = writer.hand();
  if (!hand) return http::problem(503, "too many writes at once");
  Unpacked unpacked(call.services);
  if (auto refusal = unpacked.unpack(call.request)) return std::move(*refusal);
  if (auto done = hand->lines.read(call.request.body, {.ns_each = ns_each, .arrival = writer.arrival()}); !done)
    return http::problem(done.error());
  if (auto done = writer.write(hand->lines.batch(), hand->of_lines); !done) return http::problem(done.error());
  return nothing();
}

http::Response samples(Call& call) {
  if (const auto fine = says_json(call.request); !fine) return http::problem(fine.error());
  auto& writer = call.services.writer;
  const auto hand = writer.hand();
  if (!hand) return http::problem(503, "too many writes at once");
  Unpacked unpacked(call.services);
  if (auto refusal = unpacked.unpack(call.request)) return std::move(*refusal);
  hand->json.clear();
  if (auto done = sources::read_push_json(call.request.body, writer.arrival(), hand->json); !done)
    return http::problem(done.error());
  if (auto done = writer.write(hand->json, hand->of_json); !done) return http::problem(done.error());
  return nothing();
}

}  // namespace

void add_write_routes(Router& router, const ApiOptions& options) {
  router.add("POST", "/api/v1/write", {Role::engineer, lines, options.body_limit});
  router.add("POST", "/api/v1/samples", {Role::engineer, samples, options.body_limit});
}

}  // namespace castner::api
