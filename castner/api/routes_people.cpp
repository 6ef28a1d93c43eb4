// SPDX-License-Identifier: Apache-2.0
// Routes of people and programs: signing in, accounts, tokens, the audit trail.
//  1. read_fields: a body is JSON with the expected fields and types, nothing else.
//  2. sign_in: a name or an address with failures must wait; passwords are hashed one at a time, in an order that is fair
//     (sign_in_gate.h) and in which a device that has signed in before is first; a session always gets a new id, and the
//     one that the request came with ends.
//  3. change_password ends every session of the account and opens a new one.
//  4. Accounts and tokens are an administrator's; the last administrator who can sign in cannot be removed, disabled or
//     demoted.
//  5. Every success and every refused sign-in is an entry of the audit trail, with the address it came from.
#include "castner/api/call.h"
#include "castner/api/json_read.h"
#include "castner/base/decimal.h"
#include "castner/base/utf8.h"
#include "castner/readings/time_zone.h"

namespace castner::api {
namespace {

using people::Account;
using people::Accounts;
using people::Role;

constexpr std::size_t kSmallBody = 16 * 1024;
/// Of the device, for the routes that hash passwords alone; it opens nothing.
constexpr std::string_view kDeviceCookie = "castner_device";

/// What is cut off holds, while the disk has no room for it; what the answer would have been else.
http::Response cut_off(bool in_memory, http::Response otherwise) {
  if (!in_memory) return otherwise;
  JsonWriter json;
  json.object().field("detail", people::kHoldsInMemory).end_object();
  return json_response(std::move(json), 202);
}

Result<Role> role_of(const std::string& name) {
  if (const auto role = people::role_named(name)) return *role;
  return bad_input("role", "there is no role \"" + std::string(cut_utf8(name, 40)) + "\"",
                   "viewer, operator, engineer or administrator");
}

std::string cookie_text(const Call& call, std::string_view id, std::int64_t seconds) {
  return std::string(kCookie) + "=" + std::string(id) + "; Path=/; HttpOnly; SameSite=Strict" +
         (came_by_tls(call.request) ? "; Secure" : "") + "; Max-Age=" + std::to_string(seconds);
}

http::Response session_document(const Call& call, const std::optional<people::Session>& s) {
  JsonWriter json;
  json.object();
  if (s)
    json.field("name", s->account)
        .field("role", role_name(s->role))
        .field("csrf", s->csrf)
        .field("expires", s->expires);
  else if (call.caller.role && !call.caller.open)
    json.field("name", call.caller.name)
        .field("role", role_name(*call.caller.role))
        .null_field("csrf")
        .null_field("expires");
  else if (call.caller.open)
    json.null_field("name").field("role", role_name(*call.caller.role)).null_field("csrf").null_field("expires");
  else
    json.null_field("name").null_field("role").null_field("csrf").null_field("expires");
  json.field("open", call.services.guard.open()).end_object();
  return json_response(std::move(json));
}

http::Response who_am_i(Call& call) { return session_document(call, call.caller.session); }

std::string device_cookie_text(const Call& call, std::string_view secret) {
  return std::string(kDeviceCookie) + "=" + std::string(secret) + "; Path=/api/v1/session; HttpOnly; SameSite=Strict" +
         (came_by_tls(call.request) ? "; Secure" : "") + "; Max-Age=34560000";  // 400 days, the most that browsers keep
}

http::Response wait_first(std::chrono::nanoseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return http::problem(429, "too many failures; wait " + std::to_string(seconds) + " s")
      .with("Retry-After", std::to_string(seconds));
}

/// The place where passwords are hashed, if this attempt may be made now; else the answer that says why not.
tl::expected<SignInGate::Place, http::Response> place_for(Call& call, const people::SignInLimits::Attempt& attempt) {
  auto& limits = call.backend.records.limits;
  if (const auto wait = limits.wait(attempt); wait.count() > 0) return tl::unexpected(wait_first(wait));
  auto place = call.services.sign_in_gate.enter(
      {attempt.address, !attempt.device.empty(), limits.failures(attempt.address), attempt.name});
  if (!place) return tl::unexpected(http::problem(503, "too many people sign in at once").with("Retry-After", "1"));
  // Again: while it waited, others of its name and address may have failed.
  if (const auto wait = limits.begin(attempt); wait.count() > 0) return tl::unexpected(wait_first(wait));
  return place;
}

http::Response sign_in(Call& call) {
  const auto fields = read_fields(call.request, {{"name"}, {"password"}});
  if (!fields) return http::problem(fields.error());
  const std::string name(cut_utf8(*fields->text("name"), 64));
  auto& records = call.backend.records;
  const auto device = http::cookie(call.request.header("Cookie"), kDeviceCookie).value_or("");
  const auto known = records.devices.known(name, device);
  if (!known) return http::problem(known.error());
  const people::SignInLimits::Attempt attempt{name, call.request.address, *known ? device : ""};
  auto place = place_for(call, attempt);
  if (!place) return std::move(place.error());
  const auto account = records.accounts.sign_in(name, *fields->text("password"));
  place->reset();
  if (!account) return http::problem(account.error());
  if (!*account) {
    note_of(name, call, "session.refused", "");
    return http::problem(401, "the name or the password is wrong");
  }
  records.limits.succeeded(attempt);
  call.services.sign_in_gate.signed_in(attempt.name);
  // Always a new id: one that was planted before the sign-in opens nothing. The old one ends.
  if (!call.caller.session_id.empty()) records.sessions.close(call.caller.session_id);
  const auto id = records.sessions.open(**account);
  if (!id) return http::problem(id.error());
  const auto session = records.sessions.find(*id);
  if (!session) return http::problem(session.error());
  note_of(name, call, "session.signed_in", "");
  auto response = session_document(call, *session);
  response.with(
      "Set-Cookie",
      cookie_text(
          call, *id,
          std::chrono::duration_cast<std::chrono::seconds>(people::session_life((*account)->role).most).count()));
  if (const auto kept = records.devices.remember(name, device))  // a full disk remembers nobody, and lets people in
    response.with("Set-Cookie", device_cookie_text(call, *kept));
  return response;
}

http::Response sign_out(Call& call) {
  if (!call.caller.session) return http::problem(401, "nobody is signed in");
  call.backend.records.sessions.close(call.caller.session_id);
  note(call, "session.signed_out", "");
  auto response = nothing();
  return response.with("Set-Cookie", cookie_text(call, "", 0));
}

http::Response change_password(Call& call) {
  if (!call.caller.session) return http::problem(401, "only people have passwords; sign in");
  const auto fields = read_fields(call.request, {{"current"}, {"new"}});
  if (!fields) return http::problem(fields.error());
  auto& records = call.backend.records;
  const people::SignInLimits::Attempt attempt{call.caller.name, call.request.address, call.caller.session_id};
  auto place = place_for(call, attempt);
  if (!place) return std::move(place.error());
  const auto account = records.accounts.sign_in(call.caller.name, *fields->text("current"));
  if (!account) return http::problem(account.error());
  if (!*account) {
    note(call, "session.refused", "change of password");
    return http::problem(403, "the current password is wrong");
  }
  records.limits.succeeded(attempt);
  call.services.sign_in_gate.signed_in(attempt.name);
  const auto changed =
      records.accounts.change(call.caller.name, {.role = {}, .password = *fields->text("new"), .disabled = {}});
  if (!changed) return http::problem(changed.error());
  const auto now = records.accounts.find(call.caller.name);
  if (!now) return http::problem(now.error());
  if (!*now) return http::problem(401, "nobody is signed in");
  const auto id = records.sessions.open(**now);  // the change ended them all, this one too
  if (!id) return http::problem(id.error());
  note(call, "account.password_changed", call.caller.name);
  auto response = nothing();
  return response.with(
      "Set-Cookie",
      cookie_text(
          call, *id,
          std::chrono::duration_cast<std::chrono::seconds>(people::session_life((*account)->role).most).count()));
}

void write_account(JsonWriter& json, const Account& a) {
  json.object()
      .field("name", a.name)
      .field("role", role_name(a.role))
      .field("created", a.created)
      .field("last_sign_in", a.last_sign_in)
      .field("disabled", a.disabled)
      .end_object();
}

http::Response accounts(Call& call) {
  const auto all = call.backend.records.accounts.all();
  if (!all) return http::problem(all.error());
  JsonWriter json;
  json.object().key("accounts").array();
  for (const auto& a : *all) write_account(json, a);
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response one_account(const Account& account, int status) {
  JsonWriter json;
  write_account(json, account);
  return json_response(std::move(json), status);
}

http::Response add_account(Call& call) {
  const auto fields = read_fields(call.request, {{"name"}, {"role"}, {"password"}});
  if (!fields) return http::problem(fields.error());
  const auto role = role_of(*fields->text("role"));
  if (!role) return http::problem(role.error());
  auto& all = call.backend.records.accounts;
  const auto name = *fields->text("name");
  const auto there = all.find(name);
  if (!there) return http::problem(there.error());
  if (*there) return http::problem(409, "there is an account \"" + name + "\" already");
  const auto made = all.add(name, *role, *fields->text("password"));
  if (!made) return http::problem(made.error());
  note(call, "account.added", name + ": " + std::string(role_name(*role)));
  return one_account(*made, 201);
}

http::Response refusal(Accounts::Refusal why, const std::string& name) {
  if (why == Accounts::Refusal::no_such_account) return http::problem(404, "there is no account \"" + name + "\"");
  return http::problem(409, "\"" + name + "\" is the last administrator; make another one first");
}

http::Response change_account(Call& call) {
  const auto fields = read_fields(call.request, {{"role", Field::Kind::text, false},
                                                 {"password", Field::Kind::text, false},
                                                 {"disabled", Field::Kind::boolean, false}});
  if (!fields) return http::problem(fields.error());
  const auto& name = call.parameters[0];
  people::AccountChange change{
      .role = {}, .password = fields->text("password"), .disabled = fields->boolean("disabled")};
  std::string what;
  const auto also = [&](std::string_view one) { (what += what.empty() ? ": " : ", ") += one; };
  if (const auto role = fields->text("role")) {
    const auto known = role_of(*role);
    if (!known) return http::problem(known.error());
    change.role = *known;
    also("role " + *role);
  }
  if (change.password) also("password");
  if (change.disabled) also(*change.disabled ? "disabled" : "enabled");
  const auto done = call.backend.records.accounts.change(name, change);
  if (!done) return http::problem(done.error());
  if (*done != Accounts::Refusal::none) return refusal(*done, name);
  note(call, "account.changed", name + what, change.role || change.disabled ? people::Room::kept : people::Room::free);
  const auto now = call.backend.records.accounts.find(name);
  if (!now) return http::problem(now.error());
  if (!*now) return refusal(Accounts::Refusal::no_such_account, name);
  return cut_off(call.backend.records.owed.holds(people::Owed::Kind::disabled, name), one_account(**now, 200));
}

http::Response delete_account(Call& call) {
  const auto& name = call.parameters[0];
  const auto done = call.backend.records.accounts.remove(name);
  if (!done) return http::problem(done.error());
  if (*done != Accounts::Refusal::none) return refusal(*done, name);
  note(call, "account.removed", name, people::Room::kept);
  return cut_off(call.backend.records.owed.holds(people::Owed::Kind::removed, name), nothing());
}

void write_token(JsonWriter& json, const people::Token& t, std::string_view secret) {
  json.object()
      .field("id", t.id)
      .field("name", t.name)
      .field("role", role_name(t.role))
      .field("created", t.created)
      .field("expires", t.expires)
      .field("last_used", t.last_used);
  if (!secret.empty()) json.field("token", secret);
  json.end_object();
}

http::Response tokens(Call& call) {
  const auto all = call.backend.records.tokens.all();
  if (!all) return http::problem(all.error());
  JsonWriter json;
  json.object().key("tokens").array();
  for (const auto& t : *all) write_token(json, t, "");
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response add_token(Call& call) {
  const auto fields = read_fields(call.request, {{"name"}, {"role"}, {"expires", Field::Kind::text, false}});
  if (!fields) return http::problem(fields.error());
  const auto role = role_of(*fields->text("role"));
  if (!role) return http::problem(role.error());
  std::optional<Time> expires;
  if (const auto text = fields->text("expires")) {
    const auto time = readings::parse_time(*text, std::nullopt);
    if (!time) return http::problem(time.error());
    expires = *time;
  }
  const auto made = call.backend.records.tokens.add(*fields->text("name"), *role, expires);
  if (!made) return http::problem(made.error());
  note(call, "token.added", made->token.name + ": " + std::string(role_name(*role)));
  JsonWriter json;
  write_token(json, made->token, made->secret);
  auto response = json_response(std::move(json), 201);
  return response;
}

http::Response delete_token(Call& call) {
  const auto& text = call.parameters[0];
  const auto id = plain_number<std::int64_t>(text);
  if (!id) return http::problem(404, "a token has a number");
  const auto gone = call.backend.records.tokens.remove(*id);
  if (!gone) return http::problem(gone.error());
  if (!*gone) return http::problem(404, "there is no token " + text);
  note(call, "token.removed", text, people::Room::kept);
  return cut_off(call.backend.records.owed.holds(people::Owed::Kind::token, std::to_string(*id)), nothing());
}

http::Response audit(Call& call) {
  const auto number = [&](const char* name, std::int64_t otherwise, std::int64_t low,
                          std::int64_t high) -> Result<std::int64_t> {
    const auto text = call.target.one(name);
    if (!text) return otherwise;
    const auto n = plain_number<std::int64_t>(*text);
    if (!n || *n < low || *n > high)
      return bad_input(name, "\"" + text->substr(0, 40) + "\" is not possible",
                       "from " + std::to_string(low) + " to " + std::to_string(high));
    return *n;
  };
  const auto limit = number("limit", 100, 1, 1000), before = number("before", INT64_MAX, 1, INT64_MAX);
  for (const auto& n : {limit, before})
    if (!n) return http::problem(n.error());
  const auto& trail = call.backend.records.audit;
  const auto entries = trail.entries(static_cast<int>(*limit), *before);
  if (!entries) return http::problem(entries.error());
  const auto intact = trail.intact();
  if (!intact) return http::problem(intact.error());
  JsonWriter json;
  json.object().field("intact", *intact).key("entries").array();
  for (const auto& e : *entries)
    json.object()
        .field("number", e.number)
        .field("time", e.time)
        .field("who", e.who)
        .field("what", e.what)
        .field("detail", e.detail)
        .field("address", e.address)
        .field("hash", e.hash)
        .end_object();
  json.end_array().end_object();
  return json_response(std::move(json));
}

}  // namespace

void add_people_routes(Router& router) {
  router.add("GET", "/api/v1/session", {{}, who_am_i});
  router.add("POST", "/api/v1/session", {{}, sign_in, kSmallBody});
  router.add("DELETE", "/api/v1/session", {Role::viewer, sign_out});
  router.add("PUT", "/api/v1/session/password", {Role::viewer, change_password, kSmallBody});
  router.add("GET", "/api/v1/accounts", {Role::administrator, accounts});
  router.add("POST", "/api/v1/accounts", {Role::administrator, add_account, kSmallBody});
  router.add("PATCH", "/api/v1/accounts/{name}", {Role::administrator, change_account, kSmallBody});
  router.add("DELETE", "/api/v1/accounts/{name}", {Role::administrator, delete_account});
  router.add("GET", "/api/v1/tokens", {Role::administrator, tokens});
  router.add("POST", "/api/v1/tokens", {Role::administrator, add_token, kSmallBody});
  router.add("DELETE", "/api/v1/tokens/{id}", {Role::administrator, delete_token});
  router.add("GET", "/api/v1/audit", {Role::administrator, audit});
}

}  // namespace castner::api
