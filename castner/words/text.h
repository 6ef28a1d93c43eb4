// SPDX-License-Identifier: Apache-2.0
/// Every sentence that people read, once, in English and Chinese. What faces say is kept under language-free codes: each row of the
/// tables says a code in both languages; a code that says the same as another names that one instead of repeating it. What
/// the rooms below say, which know English alone, is looked up by the English, as gettext does.
///
///     const Words words(Language::zh);
///     words("instruments.high", {{"tag", "FI-1"}, {"size", "2 t/h"}});
///     words.said("plant.toml:12: the column \"x\" is not used");
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castner::words {

enum class Language { en, zh };

struct Text {
  std::string_view code, en, zh;
  std::string_view same_as = {};  ///< the code whose words these are; then en and zh are empty
};
/// A row that says what another row says, for a code that stands in another place or is put together from parts.
constexpr Text same(std::string_view code, std::string_view as) { return {code, {}, {}, as}; }

std::span<const Text> shared_texts();        ///< of the report and the pages
std::span<const Text> report_texts();        ///< of terminal, report and JSON alone
std::span<const Text> cells_texts();         ///< of single cells, of the report and the pages
std::span<const Text> cells_report_texts();  ///< of single cells, of terminal and report alone
std::span<const Text> pages_texts();         ///< of the pages alone, which get them by tools/words.py; not for Words
std::span<const Text> start_texts();         ///< of the page Start alone; likewise
std::span<const Text> room_texts();          ///< of the pages about single cells alone; likewise

/// What a room that knows no Words says in English, and the same in Chinese, which may leave blanks out. Of two rows that match a
/// sentence the first says it. What fills a blank stays as it came; {why:said} is said in turn, {n:number} takes digits alone,
/// {list:names} are names of which "and 3 more" alone is said, {role:role} is a role, which the pages say, {path:word} one word
/// or one name in quotes.
struct Said {
  std::string_view en, zh;
};
std::span<const Said> said_by_engine();  ///< of solvers and plant files
std::span<const Said> said_by_models();  ///< names of equations, what unit models and their parameters are; likewise
std::span<const Said> said_by_plant_file();  ///< of a plant that is picked on the page Start; likewise
std::span<const Said> said_by_server();      ///< of devices, stores, accounts and the API; the pages have these
std::span<const Said>
said_by_tables();  ///< of the reader of files and tables; the pages have these too, after the server's
std::span<const Said> said_by_readers();  ///< of what is refused at a terminal: settings, expressions, options
std::span<const Said> said_by_cells();    ///< of cells.toml and of data against it
std::span<const Said> said_of_names();    ///< what stands among names or in their place

/// A sentence by these tables of rows alone; what none knows stays as it came.
std::string said_in_chinese(std::span<const std::span<const Said>> tables, std::string_view english);

/// Gives codes their words in one language.
class Words {
 public:
  using Blanks = std::map<std::string, std::string>;
  explicit Words(Language language) : language_(language) {}

  Language language() const { return language_; }
  bool has(std::string_view code) const;
  /// The sentence of a code with {name} replaced by blanks[name]; the code itself where there is no sentence.
  std::string operator()(std::string_view code, const Blanks& blanks = {}) const;
  /// Any sentence with {name} replaced by blanks[name], or by nothing.
  static std::string filled(std::string_view sentence, const Blanks& blanks);
  /// What a room said in English, in this language: "E1: heat transfer stopped closing". What no row knows stays as it came.
  std::string said(std::string_view english) const;
  /// "a, b and c" as the language joins them.
  std::string list(const std::vector<std::string>& items) const;

 private:
  Language language_;
};

}  // namespace castner::words
