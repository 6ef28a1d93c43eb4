// SPDX-License-Identifier: Apache-2.0
// What must hold for every kind of source, whatever it reads. A new kind joins by one row in samples_for_tests.h.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <new>
#include <regex>
#include <set>

#include "castner/base/file.h"
#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/kinds.h"
#include "castner/sources/samples_for_tests.h"
#include "tests/support/root.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::ptrdiff_t threads() { return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()); }

/// Each test runs once for each sample; its name ends with the kind.
class EverySource : public ::testing::TestWithParam<SourceSample> {
 protected:
  SourceSettings settings() const {
    SourceSettings s{
        .name = "sample", .kind = GetParam().kind, .url = other_->url(), .period = 100ms, .timeout = 500ms};
    s.options = GetParam().options;
    s.tags = {{.name = "T", .source = "sample", .address = GetParam().address, .where = "castner.toml:9"}};
    s.where = "castner.toml:3";
    return s;
  }
  std::unique_ptr<Source> run() {
    auto source = make_source(settings(), system_clock());
    EXPECT_TRUE(source.has_value()) << source.error().text();
    (*source)->start(delivered_.taker());
    return std::move(*source);
  }
  /// Gives readings until `seen`, so that a slow machine misses none; for at most 5 s.
  bool give_until(Source& source, const std::function<bool()>& seen) {
    for (int k = 0; k < 100; ++k) {
      other_->give(source);
      if (within(50ms, seen)) return true;
    }
    return false;
  }
  static bool is(const Source& source, Health health) {
    const auto h = source.health();
    return h.health == health && h.tags.at("T").health == health;
  }
  static bool is_told_silent(const Source& source) {
    const auto h = source.health();
    return h.health != Health::ok && h.tags.at("T").health != Health::ok;
  }
  std::uint64_t count(readings::Quality quality) const {
    const auto all = delivered_.of("T");
    const auto fits = [&](const auto& r) { return readings::quality_of(r.status) == quality; };
    return static_cast<std::uint64_t>(std::count_if(all.begin(), all.end(), fits));
  }
  std::uint64_t good_ones() const { return count(readings::Quality::good); }
  std::uint64_t bad_ones() const { return count(readings::Quality::bad); }

  std::unique_ptr<OtherSide> other_ = GetParam().other_side();
  Delivered delivered_;
};
INSTANTIATE_TEST_SUITE_P(Kind, EverySource, ::testing::ValuesIn(samples()),
                         [](const auto& sample) { return sample.param.kind; });

TEST(EveryKind, HasASample) {
  std::set<std::string> seen;
  for (const auto& s : samples()) seen.insert(s.kind);
  for (const auto& kind : source_kinds())
    EXPECT_TRUE(seen.contains(kind.name)) << kind.name << " has no row in samples()";
  EXPECT_EQ(seen.size(), source_kinds().size());
  EXPECT_EQ(source_kind_named("telex"), nullptr);
}

TEST(EveryKind, IsOneFileAndOneLine) {
  const fs::path castner = fs::path(testing::root()) / "castner";
  const std::string list = read_file((castner / "sources/kinds.cpp").string()).value();
  const std::regex line("SOURCE\\((\\w+)\\)"), definition("\nSourceKind (\\w+)_source\\(\\) \\{");
  std::set<std::string> listed, defined;
  for (std::sregex_iterator it(list.begin(), list.end(), line), end; it != end; ++it) listed.insert((*it)[1]);
  for (const auto& entry : fs::recursive_directory_iterator(castner)) {
    const auto& path = entry.path();
    if (path.extension() != ".cpp" || path.stem().string().ends_with("_test")) continue;
    const std::string text = read_file(path.string()).value();
    std::smatch m;
    if (std::regex_search(text, m, definition)) {
      EXPECT_EQ(path, castner / "sources" / (m[1].str() + "_source.cpp"));
      defined.insert(m[1]);
    } else if (path.parent_path().filename() != "virtual_plant") {  // its links have kinds of their own
      for (const auto& kind : source_kinds())
        EXPECT_EQ(text.find('"' + kind.name + '"'), std::string::npos) << path << " names the kind " << kind.name;
    }
  }
  EXPECT_EQ(listed, defined);
  EXPECT_EQ(listed.size(), source_kinds().size());
}

TEST_P(EverySource, TakesItsSettingsWhileTheOtherSideIsAwayAndStartsNothing) {
  other_->go_away();
  const auto before = threads();
  const auto source = make_source(settings(), system_clock());
  ASSERT_TRUE(source.has_value()) << source.error().text();
  EXPECT_EQ(threads(), before);
  EXPECT_TRUE(is_told_silent(**source));
}

TEST_P(EverySource, RefusesAllThatIsWrongAtOnceEachWithItsPlaceAndCure) {
  auto s = settings();
  s.options["no_such_option"] = 1;
  s.tags.push_back(GetParam().refused);
  s.tags.back().where = "castner.toml:31";
  const auto source = make_source(s, system_clock());
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, ErrorCode::bad_input);
  std::set<std::string> places;
  for (const auto& problem : source.error().problems) {
    places.insert(problem.where);
    EXPECT_FALSE(problem.what.empty() || problem.cure.empty()) << problem.text();
  }
  EXPECT_EQ(places, (std::set<std::string>{"castner.toml:3", "castner.toml:31"})) << source.error().text();
  EXPECT_NE(source.error().text().find("\"no_such_option\" is not an option of kind " + s.kind), std::string::npos);
}

TEST_P(EverySource, TellsAnOtherSideThatIsAwayAsSilenceAndGivesNoGoodReading) {
  other_->go_away();
  const auto source = run();
  EXPECT_FALSE(within(200ms, [&] { return !is_told_silent(*source); }));
  EXPECT_EQ(good_ones(), 0u);
  if (GetParam().hands_over) {
    EXPECT_TRUE(within(5s, [&] { return source->health().last_error_at.has_value(); })) << "the reason is told";
  }
}

TEST_P(EverySource, TellsASilenceThatBeginsAndReadsAgainAfterIt) {
  const auto source = run();
  ASSERT_TRUE(give_until(*source, [&] { return is(*source, Health::ok); }));
  other_->go_away();
  ASSERT_TRUE(within(5s, [&] { return is_told_silent(*source); }));
  other_->come_back();
  EXPECT_TRUE(give_until(*source, [&] { return is(*source, Health::ok); }));
}

TEST_P(EverySource, EndsTheCurveWithOneBadReadingWhenItsConnectionGoes) {
  const auto source = run();
  ASSERT_TRUE(give_until(*source, [&] { return is(*source, Health::ok); }));
  other_->go_away();
  ASSERT_TRUE(within(5s, [&] { return is_told_silent(*source); }));
  const std::uint64_t one = GetParam().keeps_connection ? 1 : 0;
  EXPECT_TRUE(within(5s, [&] { return bad_ones() == one; }));
  EXPECT_FALSE(within(300ms, [&] { return bad_ones() > one; })) << "attempts that fail add none";
}

TEST_P(EverySource, WritesNothingToTheOtherSide) {
  auto source = run();
  ASSERT_TRUE(give_until(*source, [&] { return source->health().readings >= 2; }));
  source.reset();
  EXPECT_EQ(other_->written(), std::vector<std::string>{});
}

TEST_P(EverySource, KeepsOrCountsWhatTheHistorianRefuses) {
  if (!GetParam().hands_over) return;
  const auto source = run();
  ASSERT_TRUE(give_until(*source, [&] { return is(*source, Health::ok); }));
  delivered_.refuse(true);
  std::set<double> missing;
  for (int k = 0; k < 3; ++k) missing.insert(other_->give(*source).value());
  ASSERT_TRUE(within(5s, [&] { return delivered_.refusals() > 2; }));
  delivered_.refuse(false);
  EXPECT_TRUE(within(5s,
                     [&] {
                       for (const auto& r : delivered_.of("T")) {
                         const auto* whole = std::get_if<std::int64_t>(&r.value);
                         missing.erase(whole ? static_cast<double>(*whole) : std::get<double>(r.value));
                       }
                       return missing.size() <= source->health().lost;
                     }))
      << missing.size() << " values neither came nor are counted as lost";
}

TEST_P(EverySource, SaysWhatIsThrownInItsThreadAndReadsOn) {
  if (!GetParam().hands_over) GTEST_SKIP() << "has no thread";
  std::atomic<bool> throws = true, thrown = false;
  const auto source = make_source(settings(), system_clock()).value();
  source->start([&, take = delivered_.taker()](Delivery delivery) {
    if (!throws) return take(std::move(delivery));
    thrown = true;
    throw std::bad_alloc();
  });
  ASSERT_TRUE(give_until(*source, [&] { return thrown.load(); }));
  EXPECT_TRUE(within(5s, [&] { return source->health().last_error.find("its log says why") != std::string::npos; }))
      << source->health().last_error;
  throws = false;
  EXPECT_TRUE(give_until(*source, [&] { return good_ones() > 0 && is(*source, Health::ok); }));
}

TEST_P(EverySource, EndsItsThreadsAndDeliversNothingAfterwards) {
  other_.reset();
  const auto before = threads();
  for (const bool away : {false, true}) {
    other_ = GetParam().other_side();
    auto source = run();
    if (away)
      other_->go_away();
    else
      ASSERT_TRUE(give_until(*source, [&] { return is(*source, Health::ok); }));
    const auto asked = std::chrono::steady_clock::now();
    source.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 3s);
    const auto count = delivered_.all().size();
    other_.reset();
    EXPECT_TRUE(within(1s, [&] { return threads() == before; }));
    EXPECT_EQ(delivered_.all().size(), count);
  }
}

}  // namespace
}  // namespace castner::sources
