// SPDX-License-Identifier: Apache-2.0
#include "castner/api/history_answer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/api/feed.h"
#include "castner/api/json_text.h"
#include "castner/base/quantity.h"

namespace castner::api {
namespace {

using historian::Reading;

void write_curve(JsonText& json, const Series& s) {
  json.key("times").array();
  for (const auto& r : s.readings) json.value(r.time);
  json.end_array().key("values").array();
  for (const auto& r : s.readings) write_value(json, r.value, s.convert);
  json.end_array().key("quality").array();
  for (const auto& r : s.readings) json.value(quality_name(r.status));
  json.end_array().field("next", s.next);
}

void write_buckets(JsonText& json, const HistoryRequest& request, const Series& s) {
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

std::string value_cell(const historian::Value& value, const Conversion& convert) {
  if (const auto* d = std::get_if<double>(&value)) return number_cell(convert(*d));
  if (const auto* i = std::get_if<std::int64_t>(&value))
    return convert.scale == 1.0 && convert.offset == 0.0 ? std::to_string(*i)
                                                         : number_cell(convert(static_cast<double>(*i)));
  if (const auto* b = std::get_if<bool>(&value)) return *b ? "1" : "0";
  return cell(std::get<std::string>(value));
}

std::string heading(const Series& s, const char* what) {
  std::string text = s.tag.name;
  if (*what) text += std::string(" ") + what;
  if (!s.convert.unit.empty()) text += " (" + s.convert.unit + ")";
  return cell(text);
}

}  // namespace

std::string history_json(const HistoryRequest& request, const std::vector<Series>& all) {
  JsonText json;
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

std::string history_csv(const HistoryRequest& request, const std::vector<Series>& all) {
  std::string out = "\xef\xbb\xbftime";
  std::map<Time, std::vector<std::size_t>> lines;  ///< per time, one past the row of each series; 0: none
  for (std::size_t k = 0; k < all.size(); ++k) {
    const auto& s = all[k];
    if (request.bucket) {
      for (const auto a : request.aggregates) out += "," + heading(s, aggregate_name(a));
      out += "," + cell(s.tag.name + " good") + "," + cell(s.tag.name + " uncertain") + "," + cell(s.tag.name + " bad");
    } else {
      out += "," + heading(s, "") + "," + cell(s.tag.name + " quality");
    }
    const std::size_t rows = request.bucket ? s.buckets.size() : s.readings.size();
    for (std::size_t i = 0; i < rows; ++i) {
      auto& line = lines[request.bucket ? s.buckets[i].from : s.readings[i].time];
      line.resize(all.size());
      line[k] = i + 1;
    }
  }
  out += "\r\n";
  for (const auto& [time, line] : lines) {
    append_rfc3339(out, time);
    for (std::size_t k = 0; k < all.size(); ++k) {
      const auto& s = all[k];
      const std::size_t row = line[k];
      if (row == 0) {
        out.append(request.bucket ? request.aggregates.size() + 3 : 2, ',');
      } else if (request.bucket) {
        const auto& b = s.buckets[row - 1];
        for (const auto a : request.aggregates) out += "," + number_cell(s.convert(aggregate_of(a, b)));
        out += "," + std::to_string(b.good) + "," + std::to_string(b.uncertain) + "," + std::to_string(b.bad);
      } else {
        const auto& r = s.readings[row - 1];
        out += "," + value_cell(r.value, s.convert) + "," + quality_name(r.status);
      }
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace castner::api
