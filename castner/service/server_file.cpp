// SPDX-License-Identifier: Apache-2.0
// castner.toml to a ServerFile, every problem at once:
//  1. read_toml gives a tree with lines. Sections that are unknown are problems with the nearest known name.
//  2. Each section has a reader; a key that no reader asks for is a problem (Section::finish).
//  3. Relative paths count from the file's folder. Which keys of a [[source]] are paths its kind says
//     (sources/kinds.h).
//  4. Sources are read before tags; each tag joins the source that it names.
//  5. Last, `check` asks the kind of each source about the settings that only it knows. Its problems follow those of
//     the file.
#include "castner/service/server_file.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "castner/base/config.h"
#include "castner/base/decimal.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/sources/kinds.h"

namespace castner::service {
namespace {

using sources::SourceSettings;
using sources::TagSettings;

struct ServerFileReader {
  ServerFile out;
  std::string file;
  Problems problems;
  std::string folder;  ///< of the file, with its slash; "" where it has none

  explicit ServerFileReader(const std::string& name) : file(name), problems(name) {
    if (const auto slash = name.rfind('/'); slash != std::string::npos) folder = name.substr(0, slash + 1);
  }
  std::string path(const std::string& p) const { return p.empty() || p.front() == '/' ? p : folder + p; }
  std::string place(int line) const { return file + ":" + std::to_string(line); }
};

/// A time such as "2 s", longer than nothing and at most a day.
void read_time(Section& s, const char* key, std::chrono::nanoseconds& time) {
  const auto text = s.text(key, "\"2 s\"");
  if (!text) return;
  const auto q = parse_quantity(*text);
  if (!q || q->unit.dimension != parse_unit("s")->dimension)
    return s.problem(s.line_of(key), std::string(key) + " = " + in_quotes(*text) + " is not a time",
                     "write it as \"2 s\"");
  if (!(q->si() >= 1e-3 && q->si() <= 86400.0))
    return s.problem(s.line_of(key), std::string(key) + " is not between 1 ms and 1 d", "write it as \"2 s\"");
  time = std::chrono::nanoseconds(std::llround(q->si() * 1e9));
}

void read_listen(ServerFileReader& r, Section& s) {
  const auto listen = s.text("listen", "\"127.0.0.1:8080\"");
  if (!listen) return;
  const auto colon = listen->rfind(':');
  int port = -1;
  if (colon != std::string::npos && colon > 0)
    port = plain_number<int>(std::string_view(*listen).substr(colon + 1)).value_or(-1);
  std::string address = listen->substr(0, colon == std::string::npos ? 0 : colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  in6_addr any;
  const std::string without_zone = address.substr(0, address.find('%'));
  const bool is_address =
      inet_pton(AF_INET, address.c_str(), &any) == 1 || inet_pton(AF_INET6, without_zone.c_str(), &any) == 1;
  if (port < 0 || port > 65535 || !is_address)
    return s.problem(s.line_of("listen"), "listen = " + in_quotes(*listen) + " is not an address and a port",
                     "write listen = \"127.0.0.1:8080\"");
  r.out.server.address = address;
  r.out.server.port = port;
}

void read_server(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[server]", r.problems);
  read_listen(r, s);
  auto& server = r.out.server;
  server.tls_certificate = r.path(s.text("tls_certificate", "\"server.pem\"").value_or(""));
  server.tls_key = r.path(s.text("tls_key", "\"server.key\"").value_or(""));
  if (server.tls_certificate.empty() != server.tls_key.empty())
    s.problem(s.line(), "tls_certificate and tls_key belong together", "give both, or neither");
  server.web = r.path(s.text("web", "\"/usr/share/castner/web\"").value_or(""));
  if (const auto records = s.text("records", "\"records.db\"")) {
    if (records->empty()) s.problem(s.line_of("records"), "records is empty", "write records = \"records.db\"");
    server.records = r.path(*records);
  }
  s.finish();
}

void read_history(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[historian]", r.problems);
  if (const auto url = s.text("url", "\"sqlite:history.db\"")) {
    if (url->starts_with("sqlite:") && url->size() > 7)
      r.out.history = "sqlite:" + r.path(url->substr(7));
    else if (url->starts_with("http://") || url->starts_with("https://"))
      r.out.history = *url;
    else
      s.problem(s.line_of("url"), "url = " + in_quotes(*url) + " names no historian",
                "write \"sqlite:PATH\", or \"http://HOST:8428\" for VictoriaMetrics");
  }
  read_time(s, "clock_tolerance", r.out.clock_tolerance);
  s.finish();
}

void read_plant(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[plant]", r.problems);
  if (const auto file = s.text("file", "\"plant.toml\"")) r.out.plant = r.path(*file);
  if (const auto* made_up = s.find("made_up", ConfigNode::Kind::boolean, "true")) r.out.made_up = made_up->boolean;
  s.finish();
}

void read_cells(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[cells]", r.problems);
  if (const auto file = s.text("file", "\"cells.toml\""); file && !file->empty())
    r.out.cells = r.path(*file);
  else
    s.problem(s.line(), "[cells] names no file", "write file = \"cells.toml\"");
  s.finish();
}

/// How long readings of some tags are kept.
void read_retention(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[[retention]]", r.problems);
  historian::Retention rule{s.text("tags", "\"FI-*\"").value_or("*"), {}};
  const auto keep = s.text("keep", "\"400 d\"");
  const auto q = keep ? parse_quantity(*keep) : tl::unexpected(Error{});
  // At most the range of a count of nanoseconds.
  if (q && q->unit.dimension == parse_unit("s")->dimension && q->si() >= 3600.0 && q->si() <= 9.2e9)
    rule.age = std::chrono::nanoseconds(std::llround(q->si() * 1e9));
  else
    s.problem(s.line_of("keep"),
              keep ? "keep = " + in_quotes(*keep) + " is not a time from an hour to 290 years" : "no keep",
              "write keep = \"400 d\"; tags that no rule names are kept for ever");
  s.finish();
  r.out.retention.push_back(std::move(rule));
}

/// Numbers that stand for "no value": one, or a list.
std::vector<sources::NoData> read_no_data(Section& s) {
  const ConfigNode* node = s.find("no_data");
  std::vector<sources::NoData> all;
  if (!node) return all;
  const auto take = [&](const ConfigNode& n) {
    if (n.kind == ConfigNode::Kind::number && n.integer)
      all.emplace_back(*n.integer);
    else if (n.kind == ConfigNode::Kind::number)
      all.emplace_back(n.number);
    else
      s.problem(n.line, "no_data holds " + std::string(n.kind_name()) + ", not a number",
                "write no_data = [-9999, 0x8000], as they come over the wire");
  };
  if (node->kind != ConfigNode::Kind::array) take(*node);
  for (const auto& item : node->items) take(item);
  return all;
}

/// Every other key of a [[source]], for its kind to read.
void read_options(Section& s, const ConfigNode& node, SourceSettings& source) {
  static const std::set<std::string> common = {"name", "kind", "url", "period", "timeout", "no_data"};
  for (const auto& member : node.members) {
    if (common.contains(member.key)) continue;
    const ConfigNode* value = s.find(member.key);
    switch (value->kind) {
      case ConfigNode::Kind::text: source.options[member.key] = value->text; break;
      case ConfigNode::Kind::boolean: source.options[member.key] = value->boolean; break;
      case ConfigNode::Kind::number:
        if (value->integer)
          source.options[member.key] = *value->integer;
        else
          source.options[member.key] = value->number;
        break;
      default:
        s.problem(value->line, member.key + " is " + value->kind_name(), "write a text, a number, or true or false");
    }
  }
}

/// Relative paths of the kind's own keys count from the folder of the server's file.
void place_paths(const ServerFileReader& r, const sources::SourceKind& kind, SourceSettings& source) {
  for (const auto& key : kind.paths)
    if (key == "url") {
      source.url = r.path(source.url);
    } else if (const auto option = source.options.find(key); option != source.options.end()) {
      if (auto* path = std::get_if<std::string>(&option->second)) *path = r.path(*path);
    }
}

/// Reads the name of a [[source]] or [[tag]], by which messages then call it; "", with a problem, if it has none.
std::string read_name(Section& s, const char* example, const std::string& cure) {
  const auto name = s.text("name", example).value_or("");
  if (name.empty())
    s.problem(s.line(), "no name", cure + ": name = " + example);
  else
    s.call(s.what() + " " + in_quotes(name));
  return name;
}

/// The kind of this name; null, with a problem, if there is none.
const sources::SourceKind* read_kind(Section& s, const std::string& name) {
  if (const auto* kind = sources::source_kind_named(name)) return kind;
  std::vector<std::string> names;
  for (const auto& kind : sources::source_kinds()) names.push_back(kind.name);
  s.problem(s.line_of("kind"), name.empty() ? "no kind" : "kind " + in_quotes(name) + " is not known",
            did_you_mean(name, names, "one of " + listed(names)));
  return nullptr;
}

void read_source(ServerFileReader& r, const ConfigNode& node) {
  Section s(node, "[[source]]", r.problems);
  SourceSettings source;
  source.where = r.place(node.line);
  source.name = read_name(s, "\"plc\"", "give it one");
  source.kind = s.text("kind", "\"modbus_tcp\"").value_or("");
  const auto* kind = read_kind(s, source.kind);
  source.url = s.text("url", "\"tcp://192.168.1.10:502\"").value_or("");
  read_time(s, "period", source.period);
  read_time(s, "timeout", source.timeout);
  source.no_data = read_no_data(s);
  read_options(s, node, source);
  if (kind) place_paths(r, *kind, source);
  s.finish();
  const auto same = [&](const SourceSettings& other) { return other.name == source.name && !source.name.empty(); };
  if (std::any_of(r.out.sources.begin(), r.out.sources.end(), same))
    s.problem(s.line_of("name"), "the name is taken", "give every source its own name");
  r.out.sources.push_back(std::move(source));
}

std::optional<double> read_number(Section& s, const char* key) {
  const ConfigNode* node = s.find(key, ConfigNode::Kind::number, "0.1");
  if (!node) return std::nullopt;
  if (std::isfinite(node->number)) return node->number;
  s.problem(node->line, std::string(key) + " is not a finite number", "write " + std::string(key) + " = 0.1");
  return std::nullopt;
}

/// Puts the tag with its source; sources are read before tags.
void read_tag(ServerFileReader& r, const ConfigNode& node, std::set<std::string>& names) {
  Section s(node, "[[tag]]", r.problems);
  TagSettings tag;
  tag.where = r.place(node.line);
  tag.name = read_name(s, "\"FI-101\"", "give it the tag of the instrument");
  if (!tag.name.empty() && !names.insert(tag.name).second)
    s.problem(s.line_of("name"), "the tag stands twice", "a tag has one source; remove one of them");
  tag.source = s.text("source", "\"plc\"").value_or("");
  tag.address = s.text("address", "\"holding:40001\"").value_or("");
  tag.type = s.text("type", "\"float32\"").value_or("");
  tag.scale = read_number(s, "scale").value_or(1.0);
  tag.offset = read_number(s, "offset").value_or(0.0);
  if (tag.scale == 0.0) s.problem(s.line_of("scale"), "scale is 0: every reading would be the same", "write scale = 1");
  tag.unit = s.text("unit", "\"t/h\"").value_or("");
  if (!tag.unit.empty())
    if (const auto unit = parse_unit(tag.unit); !unit)
      s.problem(s.line_of("unit"), "unit " + in_quotes(tag.unit) + " is not known", "write it as \"t/h\"");
  tag.no_data = read_no_data(s);
  s.finish();
  std::vector<std::string> known;
  for (auto& source : r.out.sources) {
    known.push_back(source.name);
    if (source.name == tag.source) source.tags.push_back(tag);
  }
  if (std::find(known.begin(), known.end(), tag.source) == known.end())
    s.problem(s.line_of("source"), tag.source.empty() ? "no source" : "there is no [[source]] " + in_quotes(tag.source),
              did_you_mean(tag.source, known, "name one of [[source]]"));
  r.out.tags.push_back(std::move(tag));
}

void each(ServerFileReader& r, const ConfigNode& root, const char* key, ConfigNode::Kind kind, const auto& read) {
  const ConfigNode* node = root.find(key);
  if (!node) return;
  const bool list = kind == ConfigNode::Kind::array;
  if (node->kind != kind)
    return r.problems.add(
        node->line, std::string(key) + " is " + node->kind_name(),
        list ? "write [[" + std::string(key) + "]], once for each" : "write [" + std::string(key) + "], once");
  if (!list) return read(*node);
  for (const auto& item : node->items)
    if (item.kind == ConfigNode::Kind::table)
      read(item);
    else
      r.problems.add(item.line, std::string(key) + " holds " + item.kind_name(), "write [[" + std::string(key) + "]]");
}

}  // namespace

Result<ServerFile> read_server_file(std::string_view text, const std::string& file, const CheckSource& check) {
  const auto root = CASTNER_TRY(read_toml(text, file));
  ServerFileReader r(file);
  r.out.history = "sqlite:" + r.path("castner-history.db");
  r.out.server.records = r.path("castner-records.db");
  constexpr auto table = ConfigNode::Kind::table, array = ConfigNode::Kind::array;
  static const std::vector<std::string> sections = {"server",    "plant",  "cells", "historian",
                                                    "retention", "source", "tag"};
  for (const auto& member : root.members)
    if (std::find(sections.begin(), sections.end(), member.key) == sections.end())
      r.problems.add(
          member.value.line, in_quotes(member.key) + " is not part of this file",
          did_you_mean(member.key, sections,
                       "it holds [server], [plant], [cells], [historian], [[retention]], [[source]] and [[tag]]"));
  each(r, root, "server", table, [&](const ConfigNode& n) { read_server(r, n); });
  each(r, root, "plant", table, [&](const ConfigNode& n) { read_plant(r, n); });
  each(r, root, "cells", table, [&](const ConfigNode& n) { read_cells(r, n); });
  each(r, root, "historian", table, [&](const ConfigNode& n) { read_history(r, n); });
  each(r, root, "retention", array, [&](const ConfigNode& n) { read_retention(r, n); });
  each(r, root, "source", array, [&](const ConfigNode& n) { read_source(r, n); });
  std::set<std::string> names;
  each(r, root, "tag", array, [&](const ConfigNode& n) { read_tag(r, n, names); });
  Error error = r.problems.empty() ? Error{} : r.problems.error();
  for (const auto& source : r.out.sources) {
    if (!check || !sources::source_kind_named(source.kind)) continue;
    if (const auto fine = check(source); !fine)
      error.problems.insert(error.problems.end(), fine.error().problems.begin(), fine.error().problems.end());
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return std::move(r.out);
}

}  // namespace castner::service
