// SPDX-License-Identifier: Apache-2.0
// Sections of the HTML report in words and tables: findings, key numbers, changes, data, method.
//  1. findings_html: findings as the assessment orders them; those without cost and of severity info follow as notes of
//     one line. What follows from another one is folded into that.
//  2. key_numbers_html: indicators of the plant, then a table for each kind of unit, whose units have the same
//     indicators.
//  3. changes_html: the comparison with an earlier assessment, findings that came and that went.
//  4. data_html: rows, bad readings, gaps and stuck instruments, how the table was read, notes and warnings.
//  5. method_html: how windows, tests and losses are computed; for a snapshot the numbers of its tests.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "castner/report/html_parts.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

using Severity = insight::Finding::Severity;

/// @param following  what follows from it, folded
std::string finding_html(const Page& p, const insight::Finding& f, const std::string& following) {
  const FindingText text = describe(p.plant, p.words, f, p.assessment.time_zone);
  const std::string severity = insight::severity_name(f.severity);
  std::string out = fmt::format("<article class=\"{}\">\n<h3><span>{} {}</span>", severity, severity_shape(f.severity),
                                prose(text.title));
  out += "<span class=\"word quiet\">" + say(p, "severity." + severity) + "</span>";
  if (f.cost_per_day.value)
    out += "<span class=\"cost\">" + say(p, text.cost_code, {{"money", money(f.cost_per_day)}}) + "</span>";
  out += "</h3>\n";
  if (!text.stops.empty()) out += "<p>" + prose(text.stops) + "</p>\n";
  if (!text.next.empty()) out += "<p>" + say(p, "findings.next") + prose(text.next) + "</p>\n";
  if (!text.evidence.empty()) {
    out += "<dl>\n";
    for (const auto& e : text.evidence) {
      const std::string where = e.path.empty() ? "" : " <span class=\"quiet\">" + escape(e.path) + "</span>";
      out += "<dt>" + prose(e.what) + "</dt><dd>" + (e.number.empty() ? say(p, "key.cannot_tell") : escape(e.number)) +
             where + "</dd>\n";
    }
    out += "</dl>\n";
  }
  return out + following + "</article>\n";
}

std::string note_html(const Page& p, const insight::Finding& f) {
  const FindingText text = describe(p.plant, p.words, f, p.assessment.time_zone);
  std::string out = "<li>" + prose(text.title) + say(p, "sentence.end");
  if (!text.stops.empty()) out += p.words("sentence.gap") + prose(text.stops);
  if (!text.next.empty()) out += " <span class=\"quiet\">" + say(p, "findings.next") + prose(text.next) + "</span>";
  return out + "</li>\n";
}

}  // namespace

std::string fact(const std::string& name, const std::string& value_html) {
  return "<dt>" + name + "</dt><dd>" + value_html + "</dd>\n";
}

std::string findings_html(const Page& p) {
  std::string out = open_section(p, "findings", "section.findings");
  const auto& all = p.assessment.findings;
  if (all.empty()) return out + "<p>" + say(p, "findings.none") + "</p>\n</section>\n";
  std::string notes, following;
  for (const auto& f : all)
    if (f.follows) following += "<li>" + prose(describe(p.plant, p.words, f, p.assessment.time_zone).title) + "</li>\n";
  if (!following.empty())
    following =
        "<details><summary>" + say(p, "findings.follows") + "</summary>\n<ul>\n" + following + "</ul></details>\n";
  for (std::size_t k = 0; k < all.size(); ++k) {
    const auto& f = all[k];
    if (f.follows) continue;
    // What costs nothing that can be told and asks for nothing soon stands below, one line each.
    if (f.severity == Severity::info && !f.cost_per_day.value)
      notes += note_html(p, f);
    else
      out += finding_html(p, f, k + 1 < all.size() && all[k + 1].follows ? following : "");
  }
  if (!notes.empty()) out += "<h3>" + say(p, "findings.notes") + "</h3>\n<ul class=\"plain\">\n" + notes + "</ul>\n";
  return out + "</section>\n";
}

namespace {

/// Indicators of single units, a table for each kind of unit: those that have the same ones.
std::string by_unit(const Page& p, const std::vector<std::string>& order) {
  const auto& all = p.assessment.indicators;
  std::map<std::string, std::set<std::string>> of_unit;
  for (const auto& [path, amount] : all)
    if (const auto dot = path.rfind('.'); dot != std::string::npos)
      of_unit[path.substr(0, dot)].insert(path.substr(dot + 1));
  std::map<std::set<std::string>, std::vector<std::string>> kinds;
  for (const auto& [unit, names] : of_unit) kinds[names].push_back(unit);

  std::string out;
  for (const auto& [names, units] : kinds) {
    auto rows = order;
    std::erase_if(rows, [&of = names](const auto& name) { return !of.contains(name); });
    for (const auto& name : names)
      if (std::find(rows.begin(), rows.end(), name) == rows.end()) rows.push_back(name);
    HtmlTable t;
    t.columns.push_back({say(p, "key.indicator"), false});
    for (const auto& u : units) t.columns.push_back({escape(u), true});
    for (const auto& name : rows) {
      std::vector<std::string> row{escape(indicator_words(p.words, name))};
      std::vector<words::Shown> numbers;
      std::vector<words::InColumn> beside;
      for (const auto& u : units) numbers.push_back(words::shown(all.at(u + "." + name), name));
      for (auto& s : numbers) beside.push_back({name, &s});
      words::align(beside);
      std::string unit;  // said once, at the head of the row
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        if (numbers[k].known()) unit = std::exchange(numbers[k].unit, "1");
        row.push_back("<span class=\"who\">" + escape(units[k]) + "</span> " +
                      number_html(p, numbers[k]));  // on a phone
      }
      if (const auto nice = words::pretty_unit(unit); !nice.empty())
        row[0] += " <span class=\"quiet\">" + escape(nice) + "</span>";
      t.rows.push_back(std::move(row));
    }
    out += scroll_box(p, table_html(t), "stack", p.words("key.unit_rows"));
  }
  return out.empty() ? out : "<h3>" + say(p, "key.unit_rows") + "</h3>\n" + out;
}

}  // namespace

std::string key_numbers_html(const Page& p) {
  std::string out = open_section(p, "key-numbers", "section.key_numbers");
  const auto& all = p.assessment.indicators;
  if (all.empty()) return {};
  out += "<p class=\"caption\">" + escape(when(p.digest, p.words)) + "</p>\n<div class=\"tiles\">\n";
  const auto order = indicator_order(p.assessment);
  for (const auto& name : order)
    out += "<div class=\"tile\"><div class=\"what\">" + escape(indicator_words(p.words, name)) +
           "</div><div class=\"value\">" + number_html(p, words::shown(all.at(name), name)) + "</div></div>\n";
  out += "</div>\n";
  for (const auto& sentence : what_means_cover(p.plant, p.assessment, p.digest, p.words))
    out += "<p class=\"caption\">" + escape(sentence) + "</p>\n";
  return out + by_unit(p, order) + "</section>\n";
}

std::string changes_html(const Page& p) {
  if (p.changes == nullptr) return {};
  const auto& c = *p.changes;
  std::string out = open_section(p, "changes", "section.change");
  if (!c.from.empty())
    out += "<p class=\"caption\">" + say(p, "change.windows", {{"from", c.from}, {"to", c.to}}) + "</p>\n";
  out += "<p class=\"caption\">" + say(p, "change.caption") + "</p>\n";
  HtmlTable t;
  t.columns = {{say(p, "key.indicator"), false},
               {say(p, "change.earlier"), true},
               {say(p, "change.now"), true},
               {say(p, "change.difference"), true},
               {"", false}};
  for (const auto& change : c.changes) {
    const auto unit = words::unit_for(change.now.unit, *change.now.value, change.path);
    std::string name = escape(indicator_words(p.words, change.path));
    if (const auto dot = change.path.rfind('.'); dot != std::string::npos)
      name = escape(change.path.substr(0, dot)) + " " + name;
    t.rows.push_back({name, number_html(p, words::shown_in(unit, change.earlier.value, change.earlier.sd)),
                      number_html(p, words::shown_in(unit, change.now.value, change.now.sd)),
                      number_html(p, words::difference_in(unit, change.difference.value, change.difference.sd)),
                      say(p, change.clear ? "change.clear" : "change.unclear")});
  }
  if (!t.rows.empty()) out += scroll_box(p, table_html(t), "", p.words("section.change"));
  const auto list = [&](const char* heading, const std::vector<Earlier::Finding>& findings) {
    std::string items;
    for (const auto& f : findings) {
      std::string title = f.title;
      for (const auto& now : p.assessment.findings)
        if (now.code == f.code && now.path == f.path) title = describe(p.plant, p.words, now).title;
      items += "<li>" + prose(title.empty() ? f.code + " " + f.path : title) + "</li>\n";
    }
    if (items.empty()) items = "<li class=\"quiet\">" + say(p, "change.none") + "</li>\n";
    out += "<h3>" + say(p, heading) + "</h3>\n<ul class=\"plain\">\n" + items + "</ul>\n";
  };
  list("change.new", c.fresh);
  list("change.gone", c.gone);
  list("change.still", c.still);
  return out + "</section>\n";
}

std::string data_html(const Page& p) {
  const auto& a = p.assessment;
  std::string out = open_section(p, "data", "section.data") + "<dl class=\"facts\">\n";
  out += fact(say(p, "data.rows"), words::grouped(std::to_string(a.rows)));
  out += fact(say(p, "data.bad"), words::grouped(std::to_string(a.bad_quality)));
  const PlantClock clock(a.time_zone);
  const auto stretch = [&](Time from, Time to) { return escape(clock.minute(from) + " – " + clock.minute(to)); };
  constexpr std::size_t kMost = 20;
  std::string gaps, stuck;
  for (std::size_t k = 0; k < a.gaps.size() && k < kMost; ++k)
    gaps += (k ? "<br/>" : "") + stretch(a.gaps[k].from, a.gaps[k].to);
  if (a.gaps.size() > kMost) gaps += "<br/>" + say(p, "more", {{"n", std::to_string(a.gaps.size() - kMost)}});
  for (std::size_t k = 0; k < a.stuck_tags.size() && k < kMost; ++k)
    stuck += (k ? "<br/>" : "") + escape(a.stuck_tags[k].tag) + " " + stretch(a.stuck_tags[k].from, a.stuck_tags[k].to);
  if (a.stuck_tags.size() > kMost)
    stuck += "<br/>" + say(p, "more", {{"n", std::to_string(a.stuck_tags.size() - kMost)}});
  out += fact(say(p, "data.gaps"), gaps.empty() ? say(p, "data.none") : gaps);
  out += fact(say(p, "data.stuck_tags"), stuck.empty() ? say(p, "data.none") : stuck);
  out += fact(say(p, "data.taken"), escape(taken_as(a, p.words)));
  if (const std::string zone = clock_of(a); !zone.empty())
    out += fact(say(p, "data.time_zone"), escape(p.words.said(zone)));
  const auto lines = [&](const char* code, const std::vector<std::string>& all) {
    std::string text;
    for (const auto& line : all) text += (text.empty() ? "" : "<br/>") + prose(p.words.said(line));
    if (!text.empty()) out += fact(say(p, code), text);
  };
  lines("data.notes", a.table.notes);
  std::vector<std::string> warnings = p.plant.warnings;
  const auto solved = warnings_once(a);
  for (std::size_t k = 0; k < solved.size() && k < kMost; ++k) warnings.push_back(solved[k].text);
  if (solved.size() > kMost) warnings.push_back(p.words("more", {{"n", std::to_string(solved.size() - kMost)}}));
  lines("data.warnings", warnings);
  return out + "</dl>\n</section>\n";
}

std::string method_html(const Page& p) {
  std::string out = open_section(p, "method", "section.method");
  const solve::Reconciliation* last = nullptr;
  for (const auto& w : p.assessment.windows)
    if (reconciled(w)) last = &w.state->reconciliation;
  const auto number = [](double v) { return fmt::format("{:.4g}", v); };
  out += "<p>" + say(p, "method.reconcile") + "</p>\n";
  out += "<p>" + say(p, "method.tests", {{"alpha", number(last ? last->global_test.alpha : 0.05)}}) + "</p>\n";
  if (!p.digest.snapshot)
    out += "<p>" +
           say(p, "method.windows",
               {{"minutes", number(p.plant.assess.window / 60)}, {"rows", std::to_string(p.plant.assess.min_rows)}}) +
           "</p>\n";
  if (!p.assessment.losses.empty()) out += "<p>" + say(p, "method.losses") + "</p>\n";
  if (last && p.digest.snapshot) {
    const auto test = [&](const char* code, const solve::GlobalTest& t) {
      out += "<p>" +
             (t.critical ? say(p, code,
                               {{"statistic", number(t.statistic)},
                                {"critical", number(*t.critical)},
                                {"dof", std::to_string(t.degrees_of_freedom)}})
                         : say(p, "method.untested")) +
             "</p>\n";
    };
    test("method.balance", last->global_test);
    if (last->after_elimination) test("method.after", *last->after_elimination);
  }
  out += "<dl class=\"facts\">\n";
  if (!p.assessment.plant_file.empty()) out += fact(say(p, "method.plant"), escape(p.assessment.plant_file));
  if (!p.assessment.data_file.empty()) out += fact(say(p, "method.data"), escape(p.assessment.data_file));
  if (!p.assessment.castner_version.empty())
    out += fact(say(p, "method.version"), escape(p.assessment.castner_version));
  out += "</dl>\n<p class=\"caption\">" +
         say(p, "method.counts",
             {{"units", std::to_string(p.plant.units.size())},
              {"streams", std::to_string(p.plant.streams.size())},
              {"variables", std::to_string(p.plant.flowsheet->variables().size())},
              {"equations", std::to_string(p.plant.flowsheet->equations().size())},
              {"measurements", std::to_string(p.plant.measurements.size())}}) +
         "</p>\n";
  return out + "</section>\n";
}

}  // namespace castner::report
