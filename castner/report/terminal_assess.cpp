// SPDX-License-Identifier: Apache-2.0
// An assessment on a terminal, the most urgent first:
//  1. answer: the five sentences of the report, with the plant's health before them.
//  2. key_numbers, findings, losses: as the report has them, without its pictures.
//  3. instruments: those that do not agree, then as many of the others as a screen takes.
//  4. warnings: each limit that the balances leave, once; changes: against an earlier answer, where one was given.
//  5. How the table was read, and where the report is.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "castner/assess/money.h"
#include "castner/drawing/text_width.h"
#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/report/summary.h"
#include "castner/report/terminal.h"
#include "castner/report/terminal_page.h"

namespace castner::report {
namespace {

using plant::Plant;

struct Face {
  const Plant& plant;
  const insight::Judged& assessment;
  const Digest& digest;
  const words::Words& words;
  Screen& screen;
};

void answer(const Face& f) {
  const PlantSummary s = summarise(f.plant, f.assessment, f.digest, f.words);
  const char* mark = s.health == PlantHealth::ok     ? "● "
                     : s.health == PlantHealth::look ? "▲ "
                     : s.health == PlantHealth::act  ? "◆ "
                                                     : "? ";
  f.screen.text(s.sentences.front().text, mark);
  int label = 0;
  for (std::size_t i = 1; i < s.sentences.size(); ++i)
    label = std::max(label, drawing::columns_of(f.words(s.sentences[i].label)));
  f.screen.blank();
  for (std::size_t i = 1; i < s.sentences.size(); ++i)
    f.screen.text(s.sentences[i].text, "  " + drawing::padded(f.words(s.sentences[i].label), label + 2));
}

void key_numbers(const Face& f) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& name : indicator_order(f.assessment)) {
    const std::string number = words::sentence_number(words::shown(f.assessment.indicators.at(name), name));
    rows.push_back({"  " + indicator_words(f.words, name), number.empty() ? f.words("key.cannot_tell") : number});
  }
  if (rows.empty()) return;
  f.screen.heading(f.words("section.key_numbers") + " · " + when(f.digest, f.words));
  f.screen.table({{"", false, 60}, {"", true, 40}}, rows);
  for (const auto& sentence : what_means_cover(f.plant, f.assessment, f.digest, f.words)) f.screen.text(sentence, "  ");
}

void findings(const Face& f) {
  f.screen.heading(f.words("section.findings"));
  if (f.assessment.findings.empty()) f.screen.text(f.words("findings.none"), "  ");
  int number = 0;
  bool follows = false;
  for (const auto& finding : f.assessment.findings) {
    const FindingText text = describe(f.plant, f.words, finding, f.assessment.time_zone);
    if (finding.follows) {  // of what stands above, in a line each
      if (!std::exchange(follows, true)) f.screen.text(f.words("findings.follows"), "    ");
      f.screen.text(text.title, "    - ");
      continue;
    }
    // Numbered are the things to look at that the first sentence counts.
    const bool note = finding.severity == insight::Finding::Severity::info;
    std::string title = text.title;
    if (!text.cost.empty())
      title += f.words("clause") + f.words(text.cost_code, {{"money", money(finding.cost_per_day)}});
    f.screen.text(title, fmt::format("{:3} ", note ? "-" : std::to_string(++number)));
    if (!text.stops.empty()) f.screen.text(text.stops, "    ");
    if (!text.next.empty()) f.screen.text(text.next, "    " + f.words("findings.next"));
  }
}

void losses(const Face& f) {
  const LossView view = view_losses(f.assessment, f.words);
  const auto group = [&](const char* heading, const std::vector<LossGroup>& all) {
    if (all.empty()) return;
    std::vector<std::vector<std::string>> rows;
    for (const auto& l : all) {
      const auto day = assess::per_day(f.plant, l.cost_per_year);
      rows.push_back({"  " + l.name, words::sentence_number(words::shown(l.power)),
                      words::sentence_number(words::shown(day)), l.against});
    }
    f.screen.heading(f.words(heading) + " · " + when(f.digest, f.words));
    f.screen.table({{"  " + f.words("loss.kind"), false, 44},
                    {f.words("loss.power"), true, 30},
                    {f.words("loss.cost"), true, 30},
                    {f.words("loss.against"), false, 40}},
                   rows);
  };
  if (f.assessment.open && !f.assessment.losses.empty()) f.screen.blank(), f.screen.text(f.words("energy.open"), "  ");
  group("losses.avoidable", view.avoidable);
  if (view.unclear > 0) f.screen.text(f.words("losses.unclear", {{"n", std::to_string(view.unclear)}}), "  ");
  group("losses.where", view.parts);
}

/// Instruments that do not agree, then as many of the others as a screen takes.
void instruments(const Face& f) {
  constexpr std::size_t kMost = 30;
  constexpr int kWide = 112;  // columns that take tags, paths, verdicts and the smallest errors seen too
  std::vector<const InstrumentLine*> order;
  for (const auto& i : f.digest.instruments) order.push_back(&i);
  if (order.empty()) return;
  const auto quiet = [](const InstrumentLine* i) {
    return i->idle == 0 &&
           (i->verdict == Verdict::agrees || i->verdict == Verdict::hardly_checked || i->verdict == Verdict::unchecked);
  };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return !quiet(a) && quiet(b); });
  std::vector<std::vector<std::string>> rows;
  const bool seen_from = f.screen.columns() >= kWide;
  std::size_t left = 0;
  for (const auto* i : order) {
    if (rows.size() >= kMost && quiet(i)) {
      ++left;
      continue;
    }
    const char* mark = i->verdict == Verdict::agrees                                               ? "● "
                       : i->verdict == Verdict::wrong                                              ? "◆ "
                       : i->verdict == Verdict::hardly_checked || i->verdict == Verdict::unchecked ? "○ "
                       : i->verdict == Verdict::not_used                                           ? "- "
                                                                                                   : "▲ ";
    rows.push_back({"  " + i->tag, i->path, words::sentence_number(i->measured), words::sentence_number(i->reconciled),
                    i->in_sd ? words::in_sds(*i->in_sd) : ""});
    if (seen_from) rows.back().push_back(seen_from_words(f.words, *i));
    rows.back().push_back(mark + verdict_words(f.words, *i, f.digest));
  }
  f.screen.heading(f.words("section.instruments") + " · " + when(f.digest, f.words));
  std::vector<Screen::Column> columns{{"  " + f.words("instrument.tag"), false, 16},
                                      {f.words("instrument.of"), false, 24},
                                      {f.words("instrument.measured"), true, 28},
                                      {f.words("instrument.reconciled"), true, 28},
                                      {f.words("instrument.in_sd"), true, 10}};
  if (seen_from) columns.push_back({f.words("terminal.seen_from"), true, 16});
  columns.push_back({f.words("instrument.verdict"), false, 32});
  f.screen.table(columns, rows);
  if (left > 0) f.screen.text(f.words("terminal.more_instruments", {{"n", std::to_string(left)}}), "  ");
}

void warnings(const Face& f) {
  constexpr std::size_t kMost = 20;
  const auto all = warnings_once(f.assessment);
  if (all.empty()) return;
  f.screen.heading(f.words("data.warnings"));
  for (std::size_t k = 0; k < all.size() && k < kMost; ++k) f.screen.text(f.words.said(all[k].text), "  - ");
  if (all.size() > kMost) f.screen.text(f.words("more", {{"n", std::to_string(all.size() - kMost)}}), "  ");
}

void changes(const Face& f, const Comparison& c) {
  f.screen.heading(f.words("section.change"));
  std::size_t left = 0;
  for (const auto& change : c.changes) {
    if (!change.clear && change.path.find('.') != std::string::npos) {  // a unit of which nothing can be said
      ++left;
      continue;
    }
    const auto unit = words::unit_for(change.now.unit, *change.now.value, change.path);
    std::string name = indicator_words(f.words, change.path);
    if (const auto dot = change.path.rfind('.'); dot != std::string::npos)
      name = change.path.substr(0, dot) + " " + name;
    f.screen.text(
        name + f.words("colon") +
            words::sentence_number(words::difference_in(unit, change.difference.value, change.difference.sd)) +
            f.words("clause") + f.words(change.clear ? "change.clear" : "change.unclear"),
        "  ");
  }
  if (left > 0) f.screen.text(f.words("change.left", {{"n", std::to_string(left)}}), "  ");
  const auto titles = [&](const std::vector<Earlier::Finding>& all) {
    std::vector<std::string> out;
    for (const auto& e : all) {
      std::string title = e.title.empty() ? e.code + " " + e.path : e.title;
      for (const auto& now : f.assessment.findings)
        if (now.code == e.code && now.path == e.path) title = describe(f.plant, f.words, now).title;
      out.push_back(title);
    }
    return out;
  };
  for (const auto& [code, list] :
       {std::pair{"change.new", titles(c.fresh)}, {"change.gone", titles(c.gone)}, {"change.still", titles(c.still)}}) {
    const std::string head = "  " + f.words(code) + f.words("colon");
    if (list.empty()) f.screen.text(f.words("change.none"), head);
    for (std::size_t i = 0; i < list.size(); ++i)
      f.screen.text(list[i], i == 0 ? head : std::string(static_cast<std::size_t>(drawing::columns_of(head)), ' '));
  }
}

}  // namespace

std::string assess_text(const Plant& plant, const insight::Judged& a, const TerminalOptions& options,
                        const Comparison* compared) {
  const words::Words words(options.language);
  const Digest d = digest(plant, a);
  Screen screen(options);
  const Face f{plant, a, d, words, screen};
  const std::string name = plant.name.empty() ? words("page.no_name") : plant.name;
  screen.text(name + "  ·  " + period(a, d, words));
  screen.blank();
  answer(f);
  key_numbers(f);
  findings(f);
  losses(f);
  instruments(f);
  warnings(f);
  if (compared != nullptr) changes(f, *compared);
  screen.blank();
  const std::string zone = clock_of(a);
  screen.text(words(zone.empty() ? "terminal.taken" : "terminal.taken_times",
                    {{"taken", taken_as(a, words)}, {"zone", words.said(zone)}}));
  for (const auto& note : a.table.notes) screen.text(words.said(note), "  - ");
  if (!options.html_file.empty()) screen.text(words("terminal.report", {{"file", options.html_file}}));
  screen.text(words("page.advises"));
  return screen.take();
}

}  // namespace castner::report
