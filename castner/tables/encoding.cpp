// SPDX-License-Identifier: Apache-2.0
// From bytes to UTF-8 text, guessing only where the bytes leave no doubt:
//  1. Formats that people hand over by mistake (xls, PDF, ...) are told by their first bytes and refused by name.
//  2. A byte order mark decides. UTF-32 is refused.
//  3. Zero bytes: UTF-16 if they lie on one side of each pair (utf16_by_zeros), else no text. Control characters: no
//     text.
//  4. Valid UTF-8 is UTF-8. If more than ten times as many sequences are valid as are not, it is damaged UTF-8: the
//     lines are told.
//  5. Otherwise Windows-1252 if most bytes beyond ASCII stand alone (western), else GB18030; the report says so.
//  6. iconv converts; every sequence that it cannot convert is told with its line.
#include "castner/tables/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "castner/base/utf8.h"
#include "castner/tables/limits.h"
#include "castner/tables/problem_list.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;

std::uint8_t byte_at(string_view s, size_t i) { return static_cast<std::uint8_t>(s[i]); }

struct Utf8Check {
  size_t fitting = 0;            ///< valid sequences beyond ASCII
  size_t wrong = 0;              ///< bytes that begin no valid sequence
  std::vector<size_t> wrong_at;  ///< the first of them
};

Utf8Check check_utf8(string_view s) {
  Utf8Check found;
  for (size_t i = 0; i < s.size();) {
    std::uint64_t eight = 0;
    if (i + 8 <= s.size() && (std::memcpy(&eight, s.data() + i, 8), (eight & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    const size_t n = utf8_character(s, i).length;
    if (n > 1) ++found.fitting;
    if (n == 0 && ++found.wrong <= ProblemList::kMost) found.wrong_at.push_back(i);
    i += std::max<size_t>(n, 1);
  }
  return found;
}

/// The name of a format that people hand over by mistake, by its first bytes; null for any other.
const char* known_binary(string_view bytes) {
  constexpr auto kKinds = std::to_array<std::pair<string_view, const char*>>({
      {"\xD0\xCF\x11\xE0", "an Excel 97-2003 workbook (.xls)"},
      {"%PDF", "a PDF"},
      {"\x89PNG", "a PNG picture"},
      {"\xFF\xD8\xFF", "a JPEG picture"},
      {"\x1F\x8B", "a gzip archive"},
      {"7z\xBC\xAF", "a 7-Zip archive"},
      {"Rar!", "a RAR archive"},
      {"PAR1", "a Parquet file"},
      {"\x7F"
       "ELF",
       "a program"},
      {"SQLite format 3", "an SQLite database"},
  });
  for (const auto& [magic, name] : kKinds)
    if (bytes.starts_with(magic)) return name;
  return nullptr;
}

tl::unexpected<Error> not_text(const string& file, const char* kind) {
  return bad_input(file, kind ? string("is ") + kind + ", not a table" : string("is not text: it holds binary data"),
                   "save the table as CSV (UTF-8) or XLSX");
}

/// UTF-16 without a byte order mark: one of the two bytes of every ASCII character is zero, always on the same side.
const char* utf16_by_zeros(string_view bytes) {
  const size_t n = std::min<size_t>(bytes.size(), 65536) / 2 * 2;
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < n; i += 2) {
    even += bytes[i] == '\0';
    odd += bytes[i + 1] == '\0';
  }
  if (odd * 4 >= n / 2 && even * 50 <= odd) return "UTF-16LE";
  if (even * 4 >= n / 2 && odd * 50 <= even) return "UTF-16BE";
  return nullptr;
}

/// Whether the bytes are text of a western Windows: most bytes beyond ASCII stand alone, as in "°C" and "m³". In
/// Chinese text they come in pairs, or as the four bytes of GB18030, whose second and fourth are digits.
bool western(string_view s) {
  const auto high = [&](size_t i) { return i < s.size() && byte_at(s, i) >= 0x80; };
  const auto digit = [&](size_t i) { return i < s.size() && s[i] >= '0' && s[i] <= '9'; };
  size_t alone = 0, together = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    if (!high(i)) continue;
    if (byte_at(s, i) < 0xA0 || (digit(i + 1) && high(i + 2) && digit(i + 3))) return false;
    const size_t first = i;
    while (high(i + 1)) ++i;
    ++(i == first ? alone : together);
  }
  return alone > together;
}

/// Calls `place` with the line of each offset, counting line ends up to it; offsets ascend.
template <class Place>
void for_each_line(string_view s, const std::vector<size_t>& places, size_t width, size_t end_byte, Place place) {
  int line = 1;
  size_t at = 0;
  for (const size_t p : places) {
    for (; at + width <= s.size() && at < p; at += width)
      line += s[at + end_byte] == '\n' && (width == 1 || s[at + 1 - end_byte] == '\0');
    place(line);
  }
}

tl::unexpected<Error> wrong_bytes(string_view s, const std::vector<size_t>& places, size_t count,
                                  const string& encoding, const string& file) {
  ProblemList problems(file);
  const bool wide = encoding.starts_with("UTF-16");
  int last = 0;
  for_each_line(s, places, wide ? 2 : 1, encoding == "UTF-16BE" ? 1 : 0, [&](int line) {
    if (line != std::exchange(last, line))
      problems.add(line, "holds bytes that are not " + encoding, "save the file again as UTF-8");
  });
  problems.add_uncounted(count - std::min(count, places.size()));
  return tl::unexpected(problems.error());
}

/// No line of a table is longer than kLongestLine. @param text  in UTF-8 or another encoding with the line ends of ASCII
Result<void> check_lines(string_view text, const string& file) {
  // Each kind of line end by itself: find_first_of looks at one character after another.
  size_t feed = text.find('\n'), carriage = text.find('\r');
  int line = 1;
  for (size_t begin = 0; begin < text.size(); ++line) {
    if (feed < begin) feed = text.find('\n', begin);
    if (carriage < begin) carriage = text.find('\r', begin);
    const size_t end = std::min({feed, carriage, text.size()});
    if (end - begin > kLongestLine)
      return bad_input(file + ":" + std::to_string(line),
                       "is longer than " + std::to_string(kLongestLine >> 20) +
                           " MiB, which no row of readings is: perhaps the line ends of the file are lost",
                       "export the table again, with a line for each row");
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return {};
}

/// Converts all bytes with iconv; any sequence that it cannot convert makes the result an error that tells their lines.
Result<DecodedText> convert(string_view bytes, const string& encoding, const string& file) {
  const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1))
    return world_refused(file, "is " + encoding + ", which this machine cannot convert", "save the file as UTF-8");
  DecodedText out{.encoding = encoding, .converted = true};
  out.text.reserve(bytes.size() + bytes.size() / 2);
  std::vector<size_t> wrong_at;
  size_t wrong = 0;
  char* from = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  size_t left = bytes.size();
  std::array<char, 1 << 15> buffer;
  while (left > 0) {
    char* to = buffer.data();
    size_t room = buffer.size();
    const size_t done = iconv(converter, &from, &left, &to, &room);
    const int reason = errno;
    out.text.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<size_t>(-1) || reason == E2BIG) continue;
    if (++wrong <= ProblemList::kMost) wrong_at.push_back(bytes.size() - left);
    const size_t skip = std::min<size_t>(left, encoding.starts_with("UTF-16") ? 2 : 1);
    from += skip;
    left -= skip;
  }
  iconv_close(converter);
  if (wrong > 0) return wrong_bytes(bytes, wrong_at, wrong, encoding, file);
  return out;
}

/// Whether the text has control characters that no table holds.
bool has_control_characters(string_view s) {
  const auto control = [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' &&
           b != 0x1A;  // 0x1A ends files of old DOS tools
  };
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, s.data() + i, 8);
    // Some byte below 0x20 borrows into its top bit; only then is it worth to look at each.
    if (((eight - 0x2020202020202020u) & ~eight & 0x8080808080808080u) == 0) continue;
    if (std::any_of(s.begin() + static_cast<std::ptrdiff_t>(i), s.begin() + static_cast<std::ptrdiff_t>(i + 8),
                    control))
      return true;
  }
  return std::any_of(s.begin() + static_cast<std::ptrdiff_t>(i), s.end(), control);
}

/// Whether the bytes above 0x80 look like Shift-JIS or Big5, which would be read as other letters without a fault. GBK text is of GB2312
/// almost throughout: characters B0A1 to F7FE, and signs A1A1 to A3FE; the two use pairs beyond it. Western text has letters beyond 0xC0
/// and few signs, such as those of m³ and °C. Korean text of EUC-KR has the pairs of GB2312 and cannot be told.
bool foreign(string_view s, bool is_western) {
  if (is_western) {
    constexpr string_view kSigns = "\xA0\xA7\xAA\xAB\xB0\xB1\xB2\xB3\xB4\xB5\xB7\xBA\xBB\xBF\xA1";
    size_t usual = 0, odd = 0;
    for (const char c : s)
      if (static_cast<unsigned char>(c) >= 0x80)
        ++(static_cast<unsigned char>(c) >= 0xC0 || kSigns.find(c) != string_view::npos ? usual : odd);
    return odd > 1 && 2 * odd > usual;
  }
  size_t common = 0, rare = 0;
  for (size_t i = 0; i + 1 < s.size(); ++i) {
    const auto lead = static_cast<unsigned char>(s[i]), trail = static_cast<unsigned char>(s[i + 1]);
    if (lead < 0x80) continue;
    ++i;
    if (trail >= '0' && trail <= '9') continue;  // four bytes of GB18030
    const bool of_gb2312 = trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xF7) || (lead >= 0xA1 && lead <= 0xA3));
    ++(of_gb2312 ? common : rare);
  }
  return rare > 1 && 3 * rare > common;
}

Result<DecodedText> decode_without_mark(string_view bytes, const string& file) {
  if (bytes.find('\0') != string_view::npos) {
    const char* encoding = utf16_by_zeros(bytes);
    if (!encoding) return not_text(file, nullptr);
    auto text = convert(bytes, encoding, file);
    if (!text || has_control_characters(text->text)) return not_text(file, nullptr);
    CASTNER_TRY(check_lines(text->text, file));
    text->note = string("read as ") + encoding + ": it has no byte order mark";
    return text;
  }
  if (has_control_characters(bytes)) return not_text(file, nullptr);
  CASTNER_TRY(check_lines(bytes, file));
  const Utf8Check utf8 = check_utf8(bytes);
  if (utf8.wrong == 0) return DecodedText{.encoding = "UTF-8", .bytes = bytes};
  if (utf8.fitting > 10 * utf8.wrong) return wrong_bytes(bytes, utf8.wrong_at, utf8.wrong, "UTF-8", file);
  const bool is_western = western(bytes);
  auto text = convert(bytes, is_western ? "WINDOWS-1252" : "GB18030", file);
  if (!text) {
    for (Problem& p : text.error().problems)
      if (p.what.starts_with("holds bytes")) p.what = "holds bytes that are neither UTF-8 nor GB18030";
    return text;
  }
  if (foreign(bytes, is_western))
    return bad_input(file, "is neither UTF-8 nor GB18030 nor Windows-1252, but perhaps Shift-JIS or Big5",
                     "save the file as UTF-8");
  text->encoding = is_western ? "Windows-1252" : "GB18030";
  text->note = "read as " + text->encoding + ": the bytes are not UTF-8";
  return text;
}

}  // namespace

Result<DecodedText> decode(string_view bytes, const string& file) {
  if (const char* kind = known_binary(bytes)) return not_text(file, kind);
  const auto marked = [&](const char* encoding, size_t mark) -> Result<DecodedText> {
    auto text = convert(bytes.substr(mark), encoding, file);
    if (!text) return text;
    if (has_control_characters(text->text)) return not_text(file, nullptr);
    CASTNER_TRY(check_lines(text->text, file));
    return text;
  };
  if (bytes.starts_with(string_view("\xFF\xFE\0\0", 4)) || bytes.starts_with(string_view("\0\0\xFE\xFF", 4)))
    return bad_input(file, "is UTF-32 text, which no historian writes", "save the file as UTF-8");
  if (bytes.starts_with("\xFF\xFE")) return marked("UTF-16LE", 2);
  if (bytes.starts_with("\xFE\xFF")) return marked("UTF-16BE", 2);
  if (!bytes.starts_with("\xEF\xBB\xBF")) return decode_without_mark(bytes, file);
  bytes.remove_prefix(3);
  if (has_control_characters(bytes)) return not_text(file, nullptr);
  CASTNER_TRY(check_lines(bytes, file));
  if (const Utf8Check utf8 = check_utf8(bytes); utf8.wrong > 0)
    return wrong_bytes(bytes, utf8.wrong_at, utf8.wrong, "UTF-8", file);
  return DecodedText{.encoding = "UTF-8 with BOM", .bytes = bytes};
}

}  // namespace castner::tables
