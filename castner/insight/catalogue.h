// SPDX-License-Identifier: Apache-2.0
/// A judgement: a function from an assessment to findings, and one row for each code that it may find.
///
/// A judgement is one file, NAME.cpp with `Judgement NAME()`, and one line in the list at the top of catalogue.cpp. Its rows carry
/// its sentences in both languages, so that nothing else need be edited: the terminal, the report, JSON and the API word it
/// by its row. `every_judgement_test.cpp` asks for a sample of each row and holds the findings to the row.
#pragma once

#include <iterator>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"

namespace castner::insight {

/// The use of the plant's readings in the reconciled windows, by tag.
struct Usage {
  std::set<std::string> used;                          ///< in at least one window
  std::set<std::string> unchecked;                     ///< used, but nothing else can check them
  std::map<std::string, std::set<std::string>> never;  ///< never used, by the reason assess::Instrument::why_not
  std::set<std::string> sometimes;                     ///< used in some windows, without usable data in others
};
Usage usage(const assess::Assessment&);

/// The input of a judgement.
struct Subject {
  const plant::Plant& plant;
  const assess::Assessment& assessment;
  Usage readings;
};

/// The type of a blank.
enum class BlankType {
  tag,         ///< the tag of a measurement of the plant
  tags,        ///< several, joined; may be empty
  columns,     ///< headings of the data file, joined
  unit,        ///< the name of a unit of the plant
  units,       ///< several, joined; may be empty
  paths,       ///< several, joined; may be empty
  indicator,   ///< an indicator's code, which the faces replace by its name
  indicators,  ///< several, joined
  errors,  ///< tags and units, joined; the faces say of each how far it is wrong, by its evidence, bias or leak, in their order
  text,  ///< a sentence made elsewhere
};
struct Blank {
  std::string_view name;
  BlankType type;
};

struct Sentence {
  std::string_view en, zh;
};

/// One way to say a finding. {name} is filled by the finding's blank or its evidence of that name.
struct Wording {
  std::string_view name;  ///< what Finding::wording asks for
  Sentence title;         ///< empty: that of the row's first wording
  Sentence next;          ///< what to do; empty: that of the row's first wording
  bool first = false;     ///< it stands before all others, which may follow from it
};

/// A kind of evidence that a finding may carry. Its words are the row `evidence.NAME` or `indicator.NAME` of castner/words.
struct EvidenceKind {
  std::string_view name;
  bool difference = false;  ///< of two values: it takes their unit without an offset, a rise of 3 degC, 0.2 % too much
  constexpr EvidenceKind(const char* kind, bool is_difference = false) : name(kind), difference(is_difference) {}
};
constexpr EvidenceKind difference(const char* name) { return {name, true}; }

struct Row {
  std::string_view code;  ///< "data.stuck"; "solver.*" stands for every code that begins with "solver."
  Finding::Severity severity = Finding::Severity::info;
  std::vector<Blank> blanks;           ///< those a finding may set
  std::vector<EvidenceKind> evidence;  ///< kinds a finding may carry
  std::vector<Wording> words;          ///< the first is the usual one
};

struct Judgement {
  std::vector<Row> rows;
  Findings (*judge)(const Subject&);
};

/// In the order in which they are asked.
std::span<const Judgement> judgements();
/// The row of a code; null where no judgement gives it.
const Row* row_of(std::string_view code);
/// Whether the row says so of a kind of evidence.
bool is_difference(const Row&, std::string_view kind);
/// Title and next step of a finding, each from the wording that it asks for or the row's first.
Wording wording_of(const Row&, std::string_view name);

/// "a, b, c".
template <class Strings>
std::string joined(const Strings& all) {
  std::string text;
  for (const auto& s : all) text += (text.empty() ? "" : ", ") + s;
  return text;
}
/// As many as a sentence takes.
template <class Strings>
std::string first_of(const Strings& all) {
  constexpr std::size_t kMost = 8;
  if (all.size() <= kMost) return joined(all);
  return joined(std::vector<std::string>(all.begin(), std::next(all.begin(), kMost))) + ", …";
}
/// Evidence that is a pure number.
inline EvidenceAmount number(std::string path, double value, std::string kind) {
  return {std::move(path), {value, std::nullopt, "1"}, std::move(kind)};
}

}  // namespace castner::insight
