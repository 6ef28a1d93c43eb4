// SPDX-License-Identifier: Apache-2.0
#include "castner/api/history_answer.h"

#include <cmath>

#include "castner/api/feed.h"
#include "castner/base/json_writer.h"
#include "castner/base/quantity.h"
#include "castner/base/rfc3339.h"

namespace castner::api {
namespace {

void write_curve(JsonWriter& json, const TagHistory& s) {
  json.key("times").array();
  for (const auto& r : s.readings) json.value(r.time);
  json.end_array().key("values").array();
  for (const auto& r : s.readings) write_value(json, r.value, s.convert);
  json.end_array().key("quality").array();
  for (const auto& r : s.readings) json.value(quality_name(r.status));
  json.end_array().field("next", s.next);
}

void write_buckets(JsonWriter& json, const HistoryRequest& request, const TagHistory& s) {
  json.field("bucket_seconds", std::chrono::duration<double>(*request.bucket).count());
  json.key("times").array();
  for (const auto& b : s.buckets) json.value(b.from);
  json.end_array();
  for (const auto a : request.aggregates) {
    json.key(aggregate_name(a)).array();
    for (const auto& b : s.buckets) json.value(s.convert(aggregate_of(a, b)));
    json.end_array();
  }
  const auto counts = [&](const char* name, auto count) {
    json.key(name).array();
    for (const auto& b : s.buckets) json.value(count(b));
    json.end_array();
  };
  counts("good", [](const auto& b) { return b.good; });
  counts("uncertain", [](const auto& b) { return b.uncertain; });
  counts("bad", [](const auto& b) { return b.bad; });
}

/// A cell of text: quoted where needed, harmless as a formula.
std::string cell(std::string_view text) {
  std::string out;
  // A tab or line end before it does not keep a spreadsheet from running it.
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool formula =
      first != std::string_view::npos && std::string_view("=+-@").find(text[first]) != std::string_view::npos;
  const bool control = !text.empty() && (text.front() == '\t' || text.front() == '\r' || text.front() == '\n');
  if (formula || control) out += '\'';
  out += text;
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string number_cell(double v) { return std::isfinite(v) ? number_text(v) : ""; }

std::string value_cell(const readings::Value& value, const Conversion& convert) {
  if (const auto* d = std::get_if<double>(&value)) return number_cell(convert(*d));
  if (const auto* i = std::get_if<std::int64_t>(&value))
    return convert.scale == 1.0 && convert.offset == 0.0 ? std::to_string(*i)
                                                         : number_cell(convert(static_cast<double>(*i)));
  if (const auto* b = std::get_if<bool>(&value)) return *b ? "1" : "0";
  return cell(std::get<std::string>(value));
}

/// The cells of one series at one of its rows.
void append_row(std::string& out, const HistoryRequest& request, const TagHistory& s, std::size_t row) {
  if (request.bucket) {
    const auto& b = s.buckets[row];
    for (const auto a : request.aggregates) out += "," + number_cell(s.convert(aggregate_of(a, b)));
    for (const auto count : {b.good, b.uncertain, b.bad}) out += "," + std::to_string(count);
  } else {
    const auto& r = s.readings[row];
    out += "," + value_cell(r.value, s.convert) + "," + quality_name(r.status);
  }
}

std::string heading(const TagHistory& s, const char* what) {
  std::string text = s.tag.name;
  if (*what) text += std::string(" ") + what;
  if (!s.convert.unit.empty()) text += " (" + s.convert.unit + ")";
  return cell(text);
}

}  // namespace

std::string history_json(const HistoryRequest& request, const std::vector<TagHistory>& all) {
  JsonWriter json;
  json.object().field("from", request.from).field("to", request.to).key("series").array();
  for (const auto& s : all) {
    json.object().field("tag", s.tag.name).field("unit", s.convert.unit);
    if (request.bucket)
      write_buckets(json, request, s);
    else
      write_curve(json, s);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string history_csv(const HistoryRequest& request, const std::vector<TagHistory>& all) {
  std::string out = "\xef\xbb\xbftime";
  for (const auto& s : all) {
    if (request.bucket) {
      for (const auto a : request.aggregates) out += "," + heading(s, aggregate_name(a));
      for (const char* count : {" good", " uncertain", " bad"}) out += "," + cell(s.tag.name + count);
    } else {
      out += "," + heading(s, "") + "," + cell(s.tag.name + " quality");
    }
  }
  out += "\r\n";
  std::vector<std::size_t> row(all.size(), 0);  // the next of each series
  const auto time_of = [&](std::size_t k) -> std::optional<Time> {
    const auto& s = all[k];
    if (row[k] >= (request.bucket ? s.buckets.size() : s.readings.size())) return {};
    return request.bucket ? s.buckets[row[k]].from : s.readings[row[k]].time;
  };
  for (;;) {
    std::optional<Time> line;
    for (std::size_t k = 0; k < all.size(); ++k)
      if (const auto t = time_of(k); t && (!line || *t < *line)) line = t;
    if (!line) return out;
    append_rfc3339(out, *line);
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (time_of(k) != line)
        out.append(request.bucket ? request.aggregates.size() + 3 : 2, ',');
      else
        append_row(out, request, all[k], row[k]++);
    }
    out += "\r\n";
  }
}

}  // namespace castner::api
