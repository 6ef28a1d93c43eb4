// SPDX-License-Identifier: Apache-2.0
// What must hold for every judgement, whatever it looks at. A new judgement joins by a sample of each of its rows and wordings.
//   1. `samples()` holds assessments made so that one finding must come out, by code and wording.
//   2. Every row and every wording of the catalogue needs its sample.
//   3. The finding of a sample is held to its row: severity, names and types of blanks, kinds of evidence, and a sentence
//      without an empty blank in either language.
//   4. A row may not promise a blank or a kind of evidence that no sample gives.
//   5. The file and the line: the list in catalogue.cpp and the files agree, and a code stands in one product file only.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <regex>

#include "castner/base/file.h"
#include "castner/insight/catalogue.h"
#include "castner/insight/findings.h"
#include "castner/insight/three_meters_for_tests.h"
#include "tests/support/root.h"

namespace castner::insight {
namespace {

using assess::Assessment;
using Kind = solve::GrossError::Kind;

struct Sample {
  std::string code, wording;
  std::function<void(const plant::Plant&, Assessment&)> make;
};

assess::State& state(Assessment& a) { return *a.windows[0].state; }

auto accused(Kind kind, double size, bool removed, std::vector<std::pair<Kind, int>> others = {}) {
  return [=](const plant::Plant&, Assessment& a) {
    solve::GrossError g;
    g.kind = kind;
    g.index = 0;
    g.size = size;
    g.size_sd = 0.1;
    g.statistic = 9.0;
    g.removed = removed;
    for (const auto& [k, index] : others) g.alternatives.push_back({k, index});
    state(a).reconciliation.gross_errors.push_back(g);
  };
}
/// With another that the windows together tell from it.
auto accused_before_another(Kind kind) {
  return [=](const plant::Plant& plant, Assessment& a) {
    accused(kind, 1.0, true)(plant, a);
    state(a).reconciliation.gross_errors[0].also_possible = {{kind, 1, 8.5, 1.0, 0.1, 7.0}};
  };
}
auto slipped(double size, const char* instead = "") {
  return [=](const plant::Plant& plant, Assessment& a) {
    accused(Kind::bias, size, true, {{Kind::bias, 1}})(plant, a);
    const auto& first = state(a).instruments[0];
    state(a).unit_slips.push_back({first.tag, first.path, first.variable, size, 0.1, "is its unit right?", instead});
  };
}
auto lost(const char* kind) {
  return [=](const plant::Plant&, Assessment& a) {
    a.losses.push_back({"N1", kind, "N2", {1e5, 1e4, "W"}, {365.0, 36.5, "CNY/a"}});
    for (const char* i : {"N1.dc_energy_per_naoh", "N2.dc_energy_per_naoh"}) a.indicators[i] = {2100.0, 9.0, "kW.h/t"};
    for (const char* i : {"N1.current_efficiency", "N2.current_efficiency"}) a.indicators[i] = {0.95, 0.01, "1"};
    a.indicators["steam_per_naoh"] = {0.6, 0.01, "t/t"};
  };
}
auto unused(const char* why) {
  return [=](const plant::Plant&, Assessment& a) {
    state(a).instruments[0].reading = -1;
    state(a).instruments[0].why_not = why;
  };
}
/// The first unit stood still in the first of so many windows.
auto idle(int windows, bool silent) {
  return [=](const plant::Plant& plant, Assessment& a) {
    while (static_cast<int>(a.windows.size()) < windows) a.windows.push_back(good_window(plant));
    state(a).idle = {0};
    if (silent) state(a).silent = {0};
    unused("idle")(plant, a);
  };
}
auto contradicted(bool load, bool said) {
  return [=](const plant::Plant&, Assessment& a) {
    state(a).contradicted = {{"FI-1", 0, load, said}};
    state(a).instruments[0].measured = 1.0;
  };
}
auto seldom(const char* settings) {
  return [=](const plant::Plant&, Assessment& a) {
    a.windows[0].state.reset();
    a.rows = 2;
    a.fullest_window = 1;
    a.better_settings = settings;
    a.why_none = *settings == '\0' ? "few" : "rows";
  };
}
auto quiet(bool dead) {
  return [=](const plant::Plant&, Assessment& a) {
    a.stuck_tags.push_back({.tag = "FI-1", .from = {}, .to = {}, .dead = dead});
  };
}
auto missing(const char* what) {
  return [=](const plant::Plant&, Assessment& a) { a.missing["load"] = {what, {"A.flow_mass"}}; };
}

auto in_part(std::vector<std::string> paths) {
  return [=](const plant::Plant&, Assessment& a) { a.in_part["load"] = {11, 12, paths}; };
}

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all{
      {"electrolyser.above_best_peer", "", lost("above_best_peer")},
      {"evaporation.steam_excess", "", lost("steam_excess")},
      {"gross_error.bias", "", accused(Kind::bias, 1.0, true)},
      {"gross_error.bias", "", accused_before_another(Kind::bias)},
      {"gross_error.bias", "reads_zero",
       [](const plant::Plant& plant, Assessment& a) {
         accused(Kind::bias, -50.0, true)(plant, a);
         state(a).instruments[0].measured = 0.2;
       }},
      {"gross_error.cannot_tell", "many",
       accused(Kind::bias, 1.0, true, {{Kind::bias, 1}, {Kind::bias, 2}, {Kind::leak, 0}, {Kind::leak, 1}})},
      {"gross_error.leak", "", accused_before_another(Kind::leak)},
      {"gross_error.bias", "low", accused(Kind::bias, -1.0, true)},
      {"gross_error.bias", "by_unit", slipped(1.0)},
      {"gross_error.bias", "low_by_unit", slipped(-1.0)},
      {"gross_error.bias", "is_moist", slipped(1.0, "A.flow_vol_normal")},
      {"gross_error.bias", "is_dry", slipped(-1.0, "A.flow_vol_normal_dry")},
      {"gross_error.leak", "", accused(Kind::leak, 1.0, true)},
      {"gross_error.leak", "low", accused(Kind::leak, -1.0, true)},
      {"gross_error.cannot_tell", "", accused(Kind::bias, 1.0, true, {{Kind::bias, 1}})},
      {"gross_error.cannot_tell", "or_leak", accused(Kind::bias, 1.0, true, {{Kind::bias, 1}, {Kind::leak, 0}})},
      {"gross_error.cannot_tell", "alone", accused(Kind::bias, 1.0, false)},
      {"gross_error.cannot_tell", "alone_or_leak", accused(Kind::bias, 1.0, true, {{Kind::leak, 0}})},
      {"gross_error.cannot_tell", "leak", accused(Kind::leak, 1.0, true, {{Kind::leak, 1}})},
      {"gross_error.cannot_tell", "leak_alone", accused(Kind::leak, 1.0, false)},
      {"balance.does_not_close", "",
       [](const auto&, Assessment& a) {
         auto& test = state(a).reconciliation.global_test;
         test.statistic = 30.0;
         test.critical = 6.0;
         test.passed = false;
       }},
      {"balance.does_not_close", "likeliest",
       [](const plant::Plant& plant, Assessment& a) {
         accused(Kind::bias, 1.0, true)(plant, a);
         state(a).reconciliation.after_elimination = {.statistic = 30.0, .critical = 6.0, .passed = false};
       }},
      {"solver.infeasible", "",
       [](const auto&, Assessment& a) {
         state(a).reconciliation.report.status = solve::Status::infeasible;
         state(a).reconciliation.report.advice.text = "N1 cannot be balanced";
       }},
      {"units.idle", "", idle(1, false)},
      {"units.idle", "in_part", idle(2, false)},
      {"units.idle", "silent", idle(1, true)},
      {"units.contradicted", "", contradicted(false, false)},
      {"units.contradicted", "load", contradicted(true, false)},
      {"units.contradicted", "said_idle", contradicted(true, true)},
      {"units.contradicted", "said_runs", contradicted(false, true)},
      {"units.all_idle", "", [](const auto&, Assessment& a) { a.windows[0].at_rest = {0}; }},
      {"units.switched", "", [](const auto&, Assessment& a) { a.windows[0].switched = {0}; }},
      {"units.switched", "between",
       [](const auto&, Assessment& a) {
         a.stops = {{0, Time{}, Time{}}};
       }},
      {"units.switched", "last",
       [](const auto&, Assessment& a) {
         a.stops = {{0, Time{}, {}}};
       }},
      {"data.not_in_file", "", unused("no_data")},
      {"data.bad_quality", "", unused("bad_quality")},
      {"data.too_many_gaps", "", unused("gaps")},
      {"instrument.no_uncertainty", "", unused("no_uncertainty")},
      {"instrument.no_floor", "",
       [](const plant::Plant& plant, Assessment& a) {
         accused(Kind::bias, 1.0, true)(plant, a);
         state(a).instruments[1].small = true;
       }},
      {"instrument.impossible", "",
       [](const plant::Plant& plant, Assessment& a) {  // named though another window used it
         a.windows.push_back(good_window(plant));
         unused("impossible")(plant, a);
       }},
      {"data.partly_missing", "",
       [](const plant::Plant& plant, Assessment& a) {
         a.windows.push_back(good_window(plant));
         unused("gaps")(plant, a);
       }},
      {"instrument.no_redundancy", "",
       [](const auto&, Assessment& a) {
         const auto variable = static_cast<std::size_t>(state(a).instruments[0].variable);
         state(a).reconciliation.estimates[variable].kind = solve::Class::nonredundant;
       }},
      {"data.no_steady_window", "", [](const auto&, Assessment& a) { a.windows[0].state.reset(); }},
      {"data.no_steady_window", "rows", seldom("[assess] min_rows = 3")},
      {"data.no_steady_window", "few", seldom("")},
      {"data.no_steady_window", "gaps",
       [](const auto&, Assessment& a) {
         a.windows[0].state.reset();
         a.rows = 2;
         a.why_none = "gaps";
       }},
      {"data.no_steady_window", "longer_gap",
       [](const auto&, Assessment& a) {
         a.windows[0].state.reset();
         a.rows = 2;
         a.why_none = "gaps";
         a.better_settings = "[assess] max_gap = \"10 min\"";
       }},
      {"data.drift", "one_window", [](const auto&, Assessment& a) { a.windows[0].drifting_tags = {"FI-1"}; }},
      {"data.drift", "",
       [](const auto&, Assessment& a) {
         a.windows[0].drifting_tags = {"FI-1"};
         a.windows.push_back(a.windows[0]);
       }},
      {"data.gap", "", [](const auto&, Assessment& a) { a.gaps.push_back({}); }},
      {"data.stuck", "", quiet(false)},
      {"data.silent", "", quiet(true)},
      {"data.unknown_columns", "", [](const auto&, Assessment& a) { a.unknown_columns = {"PI-9"}; }},
      {"estimate.at_bound", "",
       [](const auto& plant, Assessment& a) {
         const auto end = static_cast<std::size_t>(*plant.flowsheet->find("R1.efficiency"));
         state(a).reconciliation.estimates[end].at_limit = true;
       }},
      {"parameter.untold", "",
       [](const auto& plant, Assessment& a) {
         const auto free = static_cast<std::size_t>(*plant.flowsheet->find("R1.efficiency"));
         state(a).reconciliation.estimates[free].kind = solve::Class::unobservable;
       }},
      {"cannot_tell.load", "", missing("")},
      {"cannot_tell.load", "auxiliaries", missing("auxiliaries")},
      {"cannot_tell.load", "rectifier", missing("rectifier")},
      {"cannot_tell.load", "no_load", missing("no_load")},
      {"cannot_tell.load", "instruments", missing("instruments")},
      {"indicator.no_load", "",
       [](const auto&, Assessment& a) {
         a.missing["N1.load"] = {"no_load", {}};
       }},
      {"indicator.in_part", "", in_part({})},
      {"indicator.in_part", "instruments", in_part({"A.flow_mass"})},
      {"no_price.electricity", "", lost("rectifier")},
      {"no_price.steam", "", lost("steam_excess")},
  };
  return all;
}

Findings found(const plant::Plant& plant, const Sample& s) {
  Assessment a;
  a.windows.push_back(good_window(plant));
  s.make(plant, a);
  auto all = judged(plant, std::move(a)).findings;
  std::erase_if(all, [&](const Finding& f) { return f.code != s.code || f.wording != s.wording; });
  return all;
}

std::set<std::string> blanks_in(std::string_view sentence) {
  std::set<std::string> out;
  for (auto open = sentence.find('{'); open != sentence.npos; open = sentence.find('{', open + 1))
    out.emplace(sentence.substr(open + 1, sentence.find('}', open) - open - 1));
  return out;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < list.size();) {
    const auto end = std::min(list.find(", ", from), list.size());
    out.push_back(list.substr(from, end - from));
    from = end + 2;
  }
  return out;
}

bool is_of_type(const plant::Plant& plant, BlankType type, const std::string& value) {
  const auto all = [&](const auto& things, auto name) {
    const auto items = split(value);
    return std::all_of(items.begin(), items.end(), [&](const auto& item) {
      return std::any_of(things.begin(), things.end(), [&](const auto& thing) { return name(thing) == item; });
    });
  };
  const auto tags = [&] { return all(plant.measurements, [](const auto& m) { return m.tag; }); };
  const auto units = [&] { return all(plant.units, [](const auto& u) { return u.name; }); };
  switch (type) {
    case BlankType::tag: return split(value).size() == 1 && tags();
    case BlankType::tags: return tags();
    case BlankType::unit: return split(value).size() == 1 && units();
    case BlankType::units: return units();
    case BlankType::paths: return all(plant.flowsheet->variables(), [](const auto& v) { return v.name; });
    case BlankType::errors: {
      const auto items = split(value);
      return std::all_of(items.begin(), items.end(), [&](const std::string& item) {
        return is_of_type(plant, BlankType::tag, item) || is_of_type(plant, BlankType::unit, item);
      });
    }
    case BlankType::indicator:
    case BlankType::indicators: return value == "load";
    case BlankType::columns:
    case BlankType::text: return !value.empty();
  }
  return false;
}

TEST(EveryJudgement, HasASampleOfEachRowAndWording) {
  const auto plant = three_meters();
  std::set<std::pair<const Row*, std::string>> seen;
  for (const auto& s : samples()) {
    EXPECT_EQ(found(plant, s).size(), 1u) << s.code << " " << s.wording << ": the sample does not bring the finding";
    seen.emplace(row_of(s.code), s.wording);
  }
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows)
      for (const auto& w : row.words)
        EXPECT_TRUE(seen.contains({&row, std::string(w.name)}))
            << row.code << " \"" << w.name << "\" has no row in samples()";
}

TEST(EveryJudgement, GivesWhatItsRowSays) {
  const auto plant = three_meters();
  std::map<const Row*, std::set<std::string>> given;
  for (const auto& s : samples())
    for (const auto& f : found(plant, s)) {
      const Row* row = row_of(f.code);
      EXPECT_EQ(f.severity, row->severity) << f.code;
      for (const auto& [name, value] : f.blanks) {
        const auto blank =
            std::find_if(row->blanks.begin(), row->blanks.end(), [&, n = name](const Blank& b) { return b.name == n; });
        ASSERT_NE(blank, row->blanks.end()) << f.code << " sets {" << name << "}, which its row does not name";
        EXPECT_TRUE(is_of_type(plant, blank->type, value)) << f.code << " {" << name << "} is \"" << value << "\"";
        given[row].insert(name);
      }
      for (const auto& e : f.evidence) {
        EXPECT_TRUE(
            std::any_of(row->evidence.begin(), row->evidence.end(), [&](const auto& k) { return k.name == e.kind; }))
            << f.code << " carries evidence \"" << e.kind << "\", which its row does not name";
        given[row].insert(e.kind);
      }
    }
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows) {
      for (const auto& b : row.blanks)
        EXPECT_TRUE(given[&row].contains(std::string(b.name))) << row.code << " " << b.name;
      for (const auto& kind : row.evidence)
        EXPECT_TRUE(given[&row].contains(std::string(kind.name))) << row.code << " " << kind.name;
    }
}

TEST(EveryJudgement, LeavesNoBlankOfItsSentencesEmpty) {
  const auto plant = three_meters();
  for (const auto& s : samples())
    for (const auto& f : found(plant, s)) {
      const Wording w = wording_of(*row_of(f.code), f.wording);
      for (const auto sentence : {w.title.en, w.title.zh, w.next.en, w.next.zh})
        for (const auto& blank : blanks_in(sentence)) {
          const auto it = f.blanks.find(blank);
          const bool amount =
              std::any_of(f.evidence.begin(), f.evidence.end(), [&](const auto& e) { return e.kind == blank; });
          EXPECT_TRUE(amount || (it != f.blanks.end() && !it->second.empty()))
              << f.code << " leaves {" << blank << "} empty in: " << sentence;
        }
    }
}

TEST(EveryJudgement, SpeaksBothLanguagesWithTheSameBlanks) {
  std::map<std::string_view, std::string_view> titles;  // of whom
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows) {
      EXPECT_EQ(row_of(row.code), &row) << row.code << " has two rows";
      ASSERT_FALSE(row.words.empty()) << row.code;
      EXPECT_EQ(row.words[0].name, "") << row.code;
      for (const auto& w : row.words) {
        const Wording said = wording_of(row, w.name);
        for (const auto& sentence : {said.title, said.next}) {
          EXPECT_FALSE(sentence.en.empty() || sentence.zh.empty()) << row.code << " " << w.name;
          EXPECT_NE(sentence.en, sentence.zh) << row.code;
          EXPECT_EQ(blanks_in(sentence.en), blanks_in(sentence.zh)) << row.code << " " << w.name;
          for (const auto bad : {"!", "！"})
            EXPECT_EQ((std::string(sentence.en) + std::string(sentence.zh)).find(bad), std::string::npos);
        }
        for (const auto title : {w.title.en, w.title.zh})
          EXPECT_TRUE(title.empty() || titles.emplace(title, row.code).second)
              << row.code << " says what " << titles[title] << " says";
      }
    }
}

namespace fs = std::filesystem;

std::map<std::string, std::string> product_sources(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto& p = entry.path();
    if ((p.extension() == ".cpp" || p.extension() == ".h") && !p.stem().string().ends_with("_test"))
      out[fs::relative(p, folder).string()] = read_file(p.string()).value();
  }
  return out;
}

TEST(EveryJudgement, IsOneFileAndOneLine) {
  const auto sources = product_sources(fs::path(testing::root()) / "castner");
  const std::string& catalogue = sources.at("insight/catalogue.cpp");
  const std::regex line("JUDGEMENT\\((\\w+)\\)"), definition("\nJudgement (\\w+)\\(\\) \\{");
  std::set<std::string> listed, defined;
  for (std::sregex_iterator it(catalogue.begin(), catalogue.end(), line), end; it != end; ++it) listed.insert((*it)[1]);
  for (const auto& [file, text] : sources)
    if (std::smatch m; file.starts_with("insight/") && std::regex_search(text, m, definition)) {
      EXPECT_EQ(file, "insight/" + m[1].str() + ".cpp");
      defined.insert(m[1]);
    }
  EXPECT_EQ(listed, defined);
  EXPECT_EQ(listed.size(), judgements().size());
}

TEST(EveryJudgement, IsNamedByNoOtherFile) {
  const std::set<std::string_view> by_constant{kReadsWrong, kLeaks, kOneOfSeveral, kOpenBalance,
                                               kUnchecked};  // of finding.h
  const auto sources = product_sources(fs::path(testing::root()) / "castner");
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows) {
      std::set<std::string> where;
      for (const auto& [file, text] : sources)
        if (file.ends_with(".cpp") && text.find("\"" + std::string(row.code) + "\"") != std::string::npos)
          where.insert(file);
      EXPECT_EQ(where.size(), by_constant.contains(row.code) ? 0u : 1u) << row.code << " stands in " << joined(where);
    }
}

TEST(EveryJudgement, HasItsCodesInTheReference) {
  const auto reference = read_file((fs::path(testing::root()) / "docs/formats/json.md").string()).value();
  for (const auto& judgement : judgements())
    for (const auto& row : judgement.rows) {
      const bool family = row.code.ends_with(".*");  // `solver.<status>`
      const std::string shown =
          family ? "`" + std::string(row.code.substr(0, row.code.size() - 1)) + "<" : "`" + std::string(row.code) + "`";
      EXPECT_NE(reference.find(shown), std::string::npos) << "docs/formats/json.md does not tell of " << shown;
    }
}

}  // namespace
}  // namespace castner::insight
