// SPDX-License-Identifier: Apache-2.0
/// Every sentence people read in a report, in English and Chinese, kept under language-free codes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace castner::words {

enum class Language { en, zh };

using TextTable = std::map<std::string_view, std::string_view>;
const TextTable& text_en();
const TextTable& text_zh();

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
  /// "a, b and c" as the language joins them.
  std::string list(const std::vector<std::string>& items) const;

 private:
  Language language_;
};

}  // namespace castner::words
