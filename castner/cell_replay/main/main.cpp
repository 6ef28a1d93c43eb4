// SPDX-License-Identifier: Apache-2.0
// castner-cell-replay [--first SEED] [--seeds N] [--cells N] [--findings] [STORY...]: the replay suite. The tables go to standard
// output, what was said of each story to standard error.
// castner-cell-replay STORY --csv [--first SEED] [--cells N] [--step S] [--from-hour H] [--to-hour H]: what the story's instruments
// read, as a CSV on standard output; what was wrong in it goes to standard error.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "castner/cell_replay/story_csv.h"
#include "castner/cell_replay/summary.h"
#include "castner/cells/span.h"

namespace {

using namespace castner;

void print(const char* format, std::string_view text) {
  std::printf(format, static_cast<int>(text.size()), text.data());
}

std::string said(const cell_replay::ToldCause& s) {
  return (s.cause == cells::Cause::unknown ? "unknown, first " : "") + std::string(cells::name_of(s.first)) + " " +
         std::to_string(s.probability).substr(0, 4);
}
std::string name_of(const cell_bank::Truth& t) {
  if (t.unread) return "no longer read";
  return std::string(t.cause ? cell_bank::name_of(*t.cause) : cell_bank::name_of(*t.reading));
}

void say(const cell_replay::Replay& r, bool all) {
  using cell_replay::When;
  std::fprintf(stderr, "%s, seed %llu:", r.story.c_str(), static_cast<unsigned long long>(r.seed));
  for (const auto& v : r.verdicts) {
    std::fprintf(stderr, " [%s of %d", name_of(v.truth).c_str(), v.cell + 1);
    if (v.alarmed_before) std::fprintf(stderr, ", accused before");
    if (!v.after)
      std::fprintf(stderr, " not found]");
    else if (v.truth.unread && v.said[0].probability == 0.0)
      std::fprintf(stderr, " not seen after %.0f s]", *v.after);
    else
      std::fprintf(stderr, " after %.0f s: %s%s, at the end %s%s]", *v.after, said(v.said[0]).c_str(),
                   v.right[0] ? "" : " (wrong)", said(v.said[1]).c_str(), v.right[1] ? "" : " (wrong)");
  }
  for (const auto& t : r.tellings)
    if (!t.of)
      std::fprintf(stderr, " <sound cell %d accused at %.1f h: %s, at the end %s>", t.cell + 1, t.time / cells::kHour,
                   said(t.said[0]).c_str(), said(t.said[1]).c_str());
  for (const auto& w : r.room_wide)
    std::fprintf(stderr, " {%s at %.1f h%s}",
                 w.kind == cells::RoomWide::Kind::hangs ? "the scanner hangs" : "many cells moved",
                 w.detected / cells::kHour, w.ended ? ", ended" : "");
  std::fprintf(stderr, "\n");
  if (!all) return;
  for (const auto& f : r.findings) {
    std::fprintf(stderr, "   cell %d since %.0f told %.0f: %s %.2f", f.cell + 1, f.since, f.detected,
                 std::string(cells::name_of(f.cause)).c_str(), f.probability);
    for (const auto& a : f.alternatives)
      std::fprintf(stderr, ", %s %.2f", std::string(cells::name_of(a.cause)).c_str(), a.probability);
    std::fprintf(stderr, "; signs");
    for (const auto& k : f.signs.kind) k ? std::fprintf(stderr, " %d", *k) : std::fprintf(stderr, " -");
    std::fprintf(stderr, ", ohmic share %.2f +- %.2f;", f.signs.ohmic_share.value, f.signs.ohmic_share.sd);
    for (const auto& e : f.evidence)
      std::fprintf(stderr, " %d: %.4g +- %.2g", static_cast<int>(e.kind), e.number.value, e.number.sd);
    std::fprintf(stderr, "\n");
  }
}

/// The readings of one story; its truth to standard error.
int write_csv(const std::string& name, int seed, int cells, const cell_replay::StoryCsv& how) {
  const auto script = cell_bank::story_script(name, static_cast<std::uint64_t>(seed), cells);
  if (!script) {
    std::fprintf(stderr, "no story is called \"%s\"\n", name.c_str());
    return 2;
  }
  for (const auto& t : script->truth)
    std::fprintf(stderr, "cell %d: %s since %.2f h\n", t.cell + 1, name_of(t).c_str(), t.onset / cells::kHour);
  for (const auto& r : script->renewals)
    std::fprintf(stderr, "cell %d: renewed at %.2f h\n", r.cell + 1, r.time / cells::kHour);
  for (const auto& h : script->hangs)
    std::fprintf(stderr, "the scanner hangs from %.2f h to %.2f h\n", h.from / cells::kHour, h.until / cells::kHour);
  const std::string csv = cell_replay::story_csv(*script, static_cast<std::uint64_t>(seed), how);
  std::fwrite(csv.data(), 1, csv.size(), stdout);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  bool csv = false;
  int step = 60, from_hour = 0, to_hour = 24 * 365;
  std::vector<std::string> stories;
  int seeds = 1, first = 1, cell_count = 180;
  bool all = false;
  for (int i = 1; i < argc; ++i) {
    const auto number = [&](const char* option, int& into) {
      if (std::strcmp(argv[i], option) != 0 || i + 1 >= argc) return false;
      into = std::atoi(argv[++i]);
      return true;
    };
    if (std::strcmp(argv[i], "--findings") == 0)
      all = true;
    else if (std::strcmp(argv[i], "--csv") == 0)
      csv = true;
    else if (!number("--step", step) && !number("--from-hour", from_hour) && !number("--to-hour", to_hour) &&
             !number("--seeds", seeds) && !number("--first", first) && !number("--cells", cell_count))
      stories.emplace_back(argv[i]);
  }
  if (csv && stories.size() == 1)
    return write_csv(stories[0], first, cell_count,
                     {.step = static_cast<double>(step), .from = from_hour * 3600.0, .to = to_hour * 3600.0});
  if (stories.empty())
    for (const auto name : cell_bank::story_names()) stories.emplace_back(name);
  std::vector<cell_replay::Replay> replays;
  for (const auto& name : stories)
    for (int seed = first; seed < first + seeds; ++seed) {
      if (!cell_bank::story_script(name, 1, cell_count)) {
        std::fprintf(stderr, "no story is called \"%s\"; without names all are told\n", name.c_str());
        return 2;
      }
      replays.push_back(cell_replay::replay(name, static_cast<std::uint64_t>(seed), cell_count));
      say(replays.back(), all);
    }
  print("%.*s", cell_replay::tables(replays));
}
