// SPDX-License-Identifier: Apache-2.0
// Words for "no reading" and for quality:
//  1. is_status_text: the words of a list, whatever their case; one sign over and over; PI's "[-11059] ...".
//  2. read_quality: codes of OPC DA and OPC UA, else words of several languages, else what is_status_text knows.
//  3. quality_column: what a column of a known name holds; read_quality of it reads shares of confidence, yes and no, numbers of errors,
//     else as 2.
#include "castner/readings/status_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

#include "castner/base/ascii.h"

namespace castner::readings {
namespace {

using std::string, std::string_view;

/// From PI and PI DataLink, IP.21, PHD, WinCC, InTouch, DeltaV, recorders and loggers, Excel in several languages, pandas, and
/// Chinese, Japanese, German, French, Spanish and Portuguese systems. In lower case.
constexpr auto kStatusTexts = [] {
  auto all = std::to_array<string_view>({
      // clang-format off
    "", "#####", "######", "#######", "########", "#########", "##########", "#bezug!", "#blocked!", "#busy!",
    "#calc!", "#connect!", "#div/0", "#div/0!", "#error", "#field!", "#getting_data", "#n/a", "#n/a n/a", "#n/d",
    "#na", "#name?", "#nom?", "#nombre!", "#null!", "#num!", "#nv", "#ref!", "#spill!", "#unknown!", "#valeur!",
    "#valor!", "#value!", "#wert!", "#zahl!", "#¡div/0!", "#¡num!", "#¡ref!", "#¡valor!", "#¿nombre?", "(null)", "*",
    "**", "***", "****", "*****", "+inf", "+infinity", "+nan", "+over", "+under", "-", "--", "---", "----", "-----",
    "-1.#ind", "-1.#ind00", "-1.#inf", "-inf", "-infinity", "-nan", "-nan(ind)", "-over", "-under", "/", "1.#inf",
    "1.#inf00", "1.#qnan", "1.#qnan0", "1.#snan", "<na>", "<null>", "?", "??", "???", "????", "\\n", "absent",
    "access denied", "arc off-line", "ausfall", "bad", "bad data", "bad i/o", "bad input", "bad output",
    "bad point", "bad pt", "bad pv", "bad quality", "bad tag", "bad total", "bad val", "bad value", "bad_comm",
    "bad_conf", "bad_device", "bad_oos", "bad_quality", "bad_sensor", "badpv", "badq", "burn out", "burnout",
    "calc crash", "calc error", "calc failed", "calc off", "calc overflow", "calc timeout", "calculation error",
    "coercion failed", "comm bad", "comm error", "comm fail", "comm failure", "comm loss", "comm lost",
    "communication error", "communication failure", "config error", "configure", "data bad", "dcs failed",
    "device error", "device failure", "digital state", "disconnected", "doubtful", "drahtbruch", "défaut",
    "equip fail", "err", "erreur", "erro", "error", "error de comunicación", "error: point not found", "errore",
    "fail", "failed", "failure", "falha", "falla", "fault", "fehler", "filter fail",
    "flow alarm", "fora de serviço", "frozen", "fuera de servicio", "gestört", "guasto", "hors service",
    "i/o timeout", "indisponible", "inf", "infinity", "inp outrange", "input failure", "intf shut",
    "invalid", "invalid data", "invalid float", "invalid value", "invalide", "inválida", "inválido", "io timeout",
    "kein wert", "keine daten", "kurzschluss", "lim_h", "lim_l", "malo", "mau", "mauvais", "missing", "mtr fail",
    "n. def.", "n.a", "n.a.", "n.d.", "n.v.", "n/a", "na", "nan", "nan v", "nan(ind)", "nessun dato",
    "nicht verfügbar", "nil", "no data", "no disponible", "no good data", "no good data for calculation",
    "no input", "no lab data", "no output", "no reading", "no response", "no result", "no sample", "no sig",
    "no signal", "no value", "no_data", "no_sample", "nodata", "non disponible", "none", "not available",
    "not collected", "not connected", "not converted", "not found", "not good", "not ready", "not scanned",
    "not valid", "novalue", "null", "não disponível", "o/r", "off scan", "off-line", "offline", "offscan",
    "open circuit", "out of range", "out of serv", "out of service", "over lcl", "over range",
    "over ucl", "overflow", "overload", "overrange", "pas de données", "point deleted", "point not found",
    "pt created", "pt deleted", "pt. created", "questionable", "resize to show all values", "rtd open", "ruim",
    "scan off", "scan timeout", "sem dados", "sem sinal",
    "set to bad", "short circuit", "shut down", "shutdown", "sin dato", "sin datos", "sin señal",
    "stale", "störung", "substituted", "suspect",
    "tag not found", "tc open", "timeout", "trace off", "type mismatch", "u/r", "unavailable",
    "unbekannt", "uncertain", "undefined", "under lcl", "under range", "under ucl", "underflow",
    "underrange", "ungültig", "unit down", "unknown", "unreliable", "unterlauf", "untrusted", "wire break",
    "überlauf", "—", "——", "…", "エラー", "データなし", "データ無し", "不可用", "不正", "不良", "仪表故障", "低限", "停机", "停止中", "停用", "停运",
    "坏", "坏值", "坏数", "坏数据", "坏点", "坏质量", "失效", "失败", "已停用", "开路", "异常", "故障", "断开", "断線", "断线", "断路", "无", "无信号",
    "无效", "无效值", "无数据", "无读数", "无通信", "无通讯", "未知", "未连接", "未采集", "校正中", "校验", "检修", "欠測", "溢出", "点検中", "無効", "異常",
    "短路", "离线", "空", "空值", "空数据", "缺失", "超上限", "超下限", "超低限", "超时", "超量程", "超限", "超高限", "通信エラー", "通信中断", "通信失败",
    "通信异常", "通信故障", "通信異常", "通信错误", "通讯中断", "通讯失败", "通讯异常", "通讯故障", "通讯断", "通讯错误", "量程超限", "错误", "非法", "高限", "없음",
    "오류", "통신불량", "통신이상",
      // clang-format on
  });
  std::sort(all.begin(), all.end());
  return all;
}();

using Names = std::span<const string_view>;
bool among(string_view text, Names names) { return std::find(names.begin(), names.end(), text) != names.end(); }

/// An integer, "192", "192.0" or "0x80000000"; nothing where the text is none.
std::optional<std::int64_t> code_in(string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2), base = 16;
  if (base == 10 && text.ends_with(".0")) text.remove_suffix(2);
  std::int64_t code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return code;
}

std::optional<bool> yes_or_no(string_view text) {
  constexpr string_view kYes[] = {"true", "1", "yes", "y", "on", "wahr", "vrai", "verdadero", "verdadeiro", "ja", "是"};
  constexpr string_view kNo[] = {"false", "0", "no", "n", "off", "falsch", "faux", "falso", "nein", "否"};
  const string t = lower_case(text);
  if (among(t, kYes)) return true;
  if (among(t, kNo)) return false;
  return std::nullopt;
}

}  // namespace

string lower_case(string_view text) {
  string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

string_view trimmed(string_view t) {
  constexpr string_view kSpaces[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
  for (bool again = true; again;) {
    again = false;
    for (const string_view s : kSpaces) {
      if (t.starts_with(s)) t.remove_prefix(s.size()), again = true;
      if (t.ends_with(s)) t.remove_suffix(s.size()), again = true;
    }
  }
  return t;
}

bool is_status_text(string_view text) {
  text = trimmed(text);
  if (text.starts_with("[-") && text.find(']') != string_view::npos)
    return true;  // PI: "[-11059] No Good Data For Calculation"
  if (text.size() > 40) return false;
  const string t = lower_case(text);
  if (std::binary_search(kStatusTexts.begin(), kStatusTexts.end(), string_view(t))) return true;
  // One sign over and over is how a cell shows that it has nothing to show.
  return t.find_first_not_of(t[0]) == string::npos && string_view("*-?#.").find(t[0]) != string_view::npos;
}

std::optional<Quality> read_quality(string_view text) {
  using enum Quality;
  text = trimmed(text);
  if (text.empty()) return good;
  if (const auto code = code_in(text)) {
    // OPC UA's status codes have their quality in the top two bits (OPC 10000-4, 7.39); OPC DA's in bits 6 and 7 (2.05a, 6.8).
    constexpr std::size_t kWord = 10;  // "0x00000000" is a status code of UA whatever it holds
    if (text.size() == kWord && lower(text[1]) == 'x' && *code < 0x40000000) return good;
    if (*code >= 0x80000000 && *code <= 0xFFFFFFFF) return bad;
    if (*code >= 0x40000000 && *code < 0x80000000) return uncertain;
    if (*code < 0 || *code > 255 || (*code >= 128 && *code < 192)) return std::nullopt;
    return *code >= 192 ? good : *code >= 64 ? uncertain : bad;
  }
  const string t = lower_case(text);
  constexpr string_view kGood[] = {"good",  "g",   "ok",   "valid",  "true",   "normal", "gut",      "bon",     "bonne",
                                   "bueno", "boa", "bom",  "gültig", "válido", "valide", "好",       "正常",    "有效",
                                   "良好",  "良",  "好点", "好值",   "好质量", "合格",   "no error", "no_error"};
  constexpr string_view kUncertain[] = {
      "uncertain",   "u",         "questionable", "doubtful",  "substituted", "suspect", "unsicher",
      "zweifelhaft", "incertain", "douteux",      "incierto",  "dudoso",      "incerto", "不确定",
      "可疑",        "存疑",      "不確定",       "manual",    "man",         "手动",    "人工",
      "人工置数",    "手动置数",  "estimated",    "simulated", "forced",      "估计",    "强制"};
  constexpr string_view kBad[] = {"b",    "false", "not good", "schlecht", "mauvais", "malo", "mala",
                                  "ruim", "mau",   "ng",       "n.g.",     "差",      "劣",   "不合格"};
  if (among(t, kGood)) return good;
  if (among(t, kUncertain)) return uncertain;
  if (among(t, kBad)) return bad;
  // "Good, local override", "BAD_COMM", "Uncertain - last usable value"
  if (t.starts_with("good") || t.starts_with("uncertain") || t.starts_with("bad"))
    return t[0] == 'g' ? good : t[0] == 'u' ? uncertain : bad;
  if (is_status_text(t)) return bad;
  return std::nullopt;
}

std::optional<QualityColumn> quality_column(string_view name) {
  constexpr string_view kCodes[] = {"quality",        "q",           "qual",         "qualitycode",   "opcquality",
                                    "opcqualitycode", "opcq",        "dataquality",  "qualitystatus", "status",
                                    "statuscode",     "statustext",  "valuestatus",  "qualität",      "qualitaet",
                                    "qualitätscode",  "qualité",     "calidad",      "qualidade",     "zustand",
                                    "estado",         "état",        "质量",         "质量码",        "品质",
                                    "状态",           "数据质量",    "品質",         "状態",          "质量戳",
                                    "state",          "datastatus",  "pointstatus",  "tagstatus",     "signalstatus",
                                    "qstatus",        "opcstatus",   "valuequality", "qualityflag",   "qualityflags",
                                    "iptrendqstatus", "reliability", "qc",           "qcflag",        "flag",
                                    "kvalitet",       "kwaliteit",   "jakość",       "kalite",        "laatu",
                                    "kvalita",        "qualità",     "качество",     "数据状态",      "质量状态",
                                    "点状态",         "可信度",      "可靠性",       "质量标志",      "品质码"};
  constexpr string_view kConfidence[] = {
      "confidence",  "conf",  "confidencelevel", "percentgood",       "pctgood",     "置信度",
      "confidence%", "conf%", "confidencepct",   "confidencepercent", "reliability%"};
  constexpr string_view kGood[] = {"good",   "isgood",   "valid",    "isvalid",   "validity",  "gültig", "有效",
                                   "有效性", "是否有效", "goodflag", "validflag", "qualityok", "ok",     "isok"};
  constexpr string_view kDoubtful[] = {"questionable",  "isquestionable", "substituted",
                                       "issubstituted", "uncertain",      "suspect"};
  constexpr string_view kBad[] = {"bad",        "isbad",        "invalid",     "isinvalid", "badflag",
                                  "badquality", "isbadquality", "fault",       "isfault",   "faulty",
                                  "error",      "iserror",      "invalidflag", "故障",      "是否坏点"};
  if (among(name, kCodes)) return QualityColumn::code;
  if (among(name, kConfidence)) return QualityColumn::confidence;
  if (among(name, kGood)) return QualityColumn::yes_is_good;
  if (among(name, kDoubtful)) return QualityColumn::yes_is_uncertain;
  if (among(name, kBad)) return QualityColumn::yes_is_bad;
  return std::nullopt;
}

std::optional<Quality> read_quality(string_view text, QualityColumn column) {
  using enum Quality;
  text = trimmed(text);
  if (column == QualityColumn::code || text.empty()) return read_quality(text);
  if (column == QualityColumn::confidence) {
    const bool comma = text.find(',') != string_view::npos;
    string number(text.ends_with('%') ? trimmed(text.substr(0, text.size() - 1)) : text);
    if (comma) std::replace(number.begin(), number.end(), ',', '.');
    double share = 0.0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), share);
    if (error != std::errc{} || end != number.data() + number.size()) return read_quality(text);
    return share >= 100.0 ? good : share > 0.0 ? uncertain : bad;
  }
  auto yes = yes_or_no(text);
  // A number of an error is one; no error has several names.
  if (!yes && column == QualityColumn::yes_is_bad) {
    const string t = lower_case(text);
    constexpr string_view kNone[] = {"none", "-", "无", "null", "nil"};
    if (const auto code = code_in(text))
      yes = *code != 0;
    else if (among(t, kNone))
      yes = false;
  }
  if (!yes) return read_quality(text);
  if (column == QualityColumn::yes_is_good) return *yes ? good : bad;
  if (!*yes) return good;
  return column == QualityColumn::yes_is_bad ? bad : uncertain;
}

}  // namespace castner::readings
