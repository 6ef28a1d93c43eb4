// SPDX-License-Identifier: Apache-2.0
// What the name of a column says:
//  1. read_title: a name and a unit or a zone (header_zone.h), taken apart; full-width letters count as ASCII.
//  2. Names are compared without case, blanks and separators with the lists below, which hold what historians, loggers and
//     spreadsheets of several languages write.
//  3. time_of, quality_of: a word for time or quality behind (or before) the name of a tag.
#include "castner/tables/column_names.h"

#include <algorithm>
#include <span>

#include "castner/tables/cell_text.h"
#include "castner/tables/header_zone.h"

namespace castner::tables {
namespace {

using readings::lower_case, readings::trimmed;
using std::string, std::string_view;
using Names = std::span<const string_view>;

constexpr string_view kTime[] = {"time",
                                 "timestamp",
                                 "date",
                                 "datetime",
                                 "tstamp",
                                 "ts",
                                 "timestring",
                                 "utc",
                                 "timeutc",
                                 "utctime",
                                 "timestamputc",
                                 "datetimeutc",
                                 "zeit",
                                 "zeitstempel",
                                 "zeitpunkt",
                                 "datum",
                                 "datumzeit",
                                 "datumuhrzeit",
                                 "localtime",
                                 "timelocal",
                                 "sampletime",
                                 "recordtime",
                                 "timeofsample",
                                 "eventtime",
                                 "logtime",
                                 "readtime",
                                 "scantime",
                                 "sourcetimestamp",
                                 "measurementtime",
                                 "messzeit",
                                 "messzeitpunkt",
                                 "fecha",
                                 "fechahora",
                                 "fechayhora",
                                 "hora",
                                 "data",
                                 "datahora",
                                 "dataehora",
                                 "marcadetiempo",
                                 "horodatage",
                                 "horodate",
                                 "dateheure",
                                 "dateetheure",
                                 "heure",
                                 "dataora",
                                 "日期",
                                 "时间",
                                 "时间戳",
                                 "日期时间",
                                 "时刻",
                                 "采样时间",
                                 "采集时间",
                                 "记录时间",
                                 "存盘时间",
                                 "数据时间",
                                 "日時",
                                 "日付",
                                 "時刻",
                                 "時間",
                                 "年月日",
                                 "测量时间",
                                 "取样时间",
                                 "timestamplocal",
                                 "iptrendtime",
                                 "tagtime",
                                 "日期和时间",
                                 "采样日期",
                                 "计时时间"};
constexpr string_view kClock[] = {"time", "timeofday", "clock",       "clocktime",  "localtime", "tod",
                                  "hhmm", "hhmmss",    "timehhmm",    "timehhmmss", "zeit",      "uhrzeit",
                                  "uhr",  "hora",      "heure",       "horaire",    "ora",       "orario",
                                  "tijd", "tid",       "klokkeslett", "klockslag",  "время",     "时间",
                                  "时刻", "钟点",      "时分",        "时分秒",     "時刻",      "時間"};
constexpr string_view kMillis[] = {
    "毫秒",          "毫秒数",        "ms",           "msec",          "msecs",  "millis",
    "millisecond",   "milliseconds",  "milli",        "millitm",       "msek",   "millisekunde",
    "millisekunden", "millisecondes", "milisegundos", "milissegundos", "ミリ秒", "时间毫秒"};
constexpr string_view kTag[] = {"tag",         "tagname",    "tagid",      "name",         "point",    "pointname",
                                "pointid",     "varname",    "variable",   "variablename", "signal",   "item",
                                "itemname",    "itemid",     "instrument", "messstelle",   "field",    "series",
                                "metric",      "signalname", "tagpath",    "channel",      "位号",     "点名",
                                "标签",        "标签名",     "测点",       "测点名",       "测点名称", "名称",
                                "变量",        "变量名",     "变量名称",   "タグ",         "タグ名",   "variable名",
                                "nomvariable", "étiquette",  "etiqueta",   "tagnumber",    "仪表位号", "点号"};
constexpr string_view kValue[] = {"value",    "val",      "varvalue",  "reading", "measured",    "wert",
                                  "messwert", "tagvalue", "datavalue", "值",      "数值",        "测量值",
                                  "实时值",   "当前值",   "读数",      "valor",   "valeur",      "値",
                                  "測定値",   "pv",       "变量值",    "采样值",  "iptrendvalue"};
constexpr string_view kUnit[] = {
    "unit",    "units", "eu",       "engunit",           "engunits", "engineeringunits", "engineeringunit", "uom",
    "einheit", "单位",  "工程单位", "unitsabbreviation", "unidad",   "unidade",          "unité",           "単位"};
constexpr string_view kSd[] = {"sd", "std", "stdev", "sigma", "standarddeviation", "标准差", "标准偏差"};
constexpr string_view kBound[] = {"start",   "stop",          "from",       "to",       "end",      "starttime",
                                  "endtime", "stoptime",      "begin",      "beginn",   "ende",     "von",
                                  "bis",     "inicio",        "fin",        "开始时间", "结束时间", "startdate",
                                  "enddate", "intervalstart", "intervalend"};
constexpr string_view kKey[] = {"electrolyser",
                                "electroly"
                                "zer",
                                "device",
                                "deviceid",
                                "devicename",
                                "equipment",
                                "machine",
                                "station",
                                "host",
                                "hostname",
                                "server",
                                "node",
                                "plant",
                                "site",
                                "area",
                                "linea",
                                "train",
                                "cell",
                                "cellno",
                                "stack",
                                "module",
                                "asset",
                                "element",
                                "location",
                                "loop",
                                "circuit",
                                "room",
                                "measurement",
                                "rectifier",
                                "evaporator",
                                "anlage",
                                "gerät",
                                "linie",
                                "standort",
                                "appareil",
                                "equipo",
                                "equipamento",
                                "unitname",
                                "unitid",
                                "设备",
                                "设备名",
                                "设备名称",
                                "设备编号",
                                "装置",
                                "电解槽",
                                "槽号",
                                "机组",
                                "站点",
                                "产线",
                                "产线号",
                                "线号",
                                "装置名称",
                                "设备位号",
                                "設備",
                                "装置名"};
constexpr string_view kRowNumber[] = {"record", "recordno", "recordnumber", "recno", "recnum", "row",
                                      "rowno",  "rownum",   "rownumber",    "rowid", "lfdnr",  "lfdno",
                                      "#",      "序号",     "行号",         "番号",  "seqno"};
constexpr string_view kCounter[] = {
    "hour",   "hours",  "h",       "hr",          "hrs",          "小时",    "stunde",   "stunden",
    "heures", "horas",  "elapsed", "elapsedtime", "elapsedhours", "runtime", "laufzeit", "no",
    "nr",     "n",      "index",   "idx",         "id",           "seq",     "sequence", "sample",
    "scan",   "step",   "编号",    "t",           "min",          "minute",  "minutes",  "s",
    "sec",    "second", "seconds", "day",         "days",         "xvalue",  "x"};

bool one_of(string_view name, Names names) { return std::find(names.begin(), names.end(), name) != names.end(); }

string plain_name(string_view text) {
  string name = lower_case(trimmed(text));
  std::erase_if(name, [](char c) { return string_view(" _-./&$:").find(c) != string_view::npos; });
  return name;
}

constexpr string_view kSeparators = " ._:-/\\|";

string_view without_separators(string_view text) {
  while (!text.empty() && kSeparators.find(text.back()) != string_view::npos) text.remove_suffix(1);
  while (!text.empty() && kSeparators.find(text.front()) != string_view::npos) text.remove_prefix(1);
  return text;
}

}  // namespace

bool ColumnTitle::is(ColumnName what) const {
  switch (what) {
    case ColumnName::time: return one_of(name, kTime);
    case ColumnName::clock: return one_of(name, kClock);
    case ColumnName::millis: return one_of(name, kMillis);
    case ColumnName::tag: return one_of(name, kTag);
    case ColumnName::value: return one_of(name, kValue);
    case ColumnName::unit: return one_of(name, kUnit);
    case ColumnName::sd: return one_of(name, kSd);
    case ColumnName::bound: return one_of(name, kBound);
    case ColumnName::key: return one_of(name, kKey);
    case ColumnName::row_number: return one_of(name, kRowNumber);
    case ColumnName::counter: return one_of(name, kCounter) || one_of(name, kRowNumber);
  }
  return false;
}

ColumnTitle read_title(string_view text) {
  const string narrow = half_width(text);
  ColumnTitle t{.parts = split_header(text)};
  if (t.parts.unit.empty() && narrow != text)
    if (auto parts = split_header(narrow); !parts.unit.empty()) t.parts = std::move(parts);
  t.name = plain_name(half_width(t.parts.tag));
  if (!t.parts.unread.empty()) {
    // In "time (UTC)", "Zeit [lokal]" the name stands before the bracket.
    const string before = plain_name(text.substr(0, text.find_last_of("([{", text.rfind(t.parts.unread))));
    if (one_of(before, kTime)) t.name = before;
  }
  if (!one_of(t.name, kTime))
    if (string bare = plain_name(without_zone(text)); one_of(bare, kTime)) t.name = std::move(bare);
  if (one_of(t.name, kTime) || !t.parts.unread.empty() || t.name.ends_with("utc")) {
    HeaderZone stated = header_zone(text);
    t.zone = std::move(stated.zone);
    t.unknown_zone = std::move(stated.unknown);
  }
  return t;
}

std::optional<CountUnit> count_unit(string_view header) {
  using namespace std::chrono;
  constexpr struct {
    string_view name;
    nanoseconds one;
    string_view words;
  } kUnits[] = {{"ms", milliseconds(1), "ms msec millisecond milliseconds millisekunde millisekunden 毫秒"},
                {"s", seconds(1),
                 "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondi 秒 秒钟"},
                {"min", minutes(1), "min mins minute minutes minuten minuto minutos minuti 分 分钟 分鐘"},
                {"h", hours(1), "h hr hrs hour hours std stunde stunden heure heures hora horas ore 时 小时 時 小時"},
                {"d", days(1), "d day days tag tage jour jours dia dias día días giorni 天 日"}};
  string text = readings::lower_case(readings::trimmed(half_width(header)));
  while (!text.empty() && string_view(")]}.").find(text.back()) != string_view::npos) text.pop_back();
  for (const string_view closing : {"）", "】", "］"})
    if (text.ends_with(closing)) text.resize(text.size() - closing.size());
  std::size_t begin = text.find_last_of(" ,_/([{|");
  begin = begin == string::npos ? 0 : begin + 1;
  for (const string_view opening : {"（", "【", "［"})
    if (const auto at = text.rfind(opening); at != string::npos) begin = std::max(begin, at + opening.size());
  const string_view word = string_view(text).substr(begin);
  for (const auto& unit : kUnits)
    for (string_view rest = unit.words; !rest.empty();) {
      const string_view known = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), known.size() + 1));
      if (known == word) return CountUnit{unit.name, unit.one, begin == 0};
    }
  return std::nullopt;
}

string_view time_of(string_view header) {
  const string name = lower_case(header);
  for (const string_view word : {"timestamp", "date time", "datetime", "time", "date", "zeitstempel", "zeit", "datum",
                                 "fecha", "hora", "valuex", "时间戳", "时间", "日期", "日時", "時刻"}) {
    if (name.size() <= word.size()) continue;
    if (name.ends_with(word)) {
      const string_view before = header.substr(0, header.size() - word.size());
      const bool apart =
          kSeparators.find(before.back()) != string_view::npos || static_cast<unsigned char>(word[0]) >= 0x80;
      if (apart) return without_separators(before);
    }
    if (name.starts_with(word)) {
      const string_view after = header.substr(word.size());
      if (kSeparators.find(after.front()) != string_view::npos) return without_separators(after);
    }
  }
  return {};
}

std::optional<QualityOf> quality_of(string_view header) {
  header = trimmed(header);
  // "Confidence (%)", "Confidence %"
  if (header.ends_with("(%)") || header.ends_with("[%]")) header = trimmed(header.substr(0, header.size() - 3));
  if (header.ends_with('%')) header = trimmed(header.substr(0, header.size() - 1));
  if (const auto alone = readings::quality_column(plain_name(header))) return QualityOf{{}, *alone};
  for (std::size_t at = header.size(); at-- > 1;) {
    if (string_view(" ._:").find(header[at]) == string_view::npos) continue;
    if (const auto kind = readings::quality_column(plain_name(header.substr(at + 1))))
      return QualityOf{without_separators(header.substr(0, at)), *kind};
  }
  return std::nullopt;
}

}  // namespace castner::tables
