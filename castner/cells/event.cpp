// SPDX-License-Identifier: Apache-2.0
//  1. add: readings become points, longer as the event grows old, so that one of a month has some hundred; jumps are counted.
//  2. second_line: a filter over the points whose line may grow, as fast and as long as makes them likeliest.
//  3. speed, growth: of the deviation as it would be at the reference current, by the share that grows with current.
//  4. look: each sign that can be seen, with its number as evidence. An analysis counts as unmoved only where what one cell
//     of so many would do would have been seen.
#include "castner/cells/event.h"

#include <algorithm>
#include <cmath>

#include "castner/cells/span.h"

namespace castner::cells {
namespace {

constexpr double kReference = 5.0;  ///< the current density at which an ohmic share is told [kA/m2]
constexpr std::size_t kEarlyRows = 40;
constexpr double kLeastDrift = 0.1e-3 * 0.1e-3 / kDay;  ///< of a deviation that stays [V2/s]
constexpr double kAnalyserWaits =
    1500.0;  ///< until sample and analysis have followed, and a part of ten minutes is full [s]

constexpr double kFullEffect = 0.1;  ///< deviation at which an illness moves the analyses as below [V]; a guess

double squared(double x) { return x * x; }

}  // namespace

Event::Event(const Beginning& begin) : begin_(begin), last_time_(begin.onset), grown_at_(begin.onset) {}

double Event::own_voltage(double time, double excess) const {
  return begin_.own.at(excess) + begin_.wander * std::exp(-(time - begin_.onset) / Scatter::kWanderTime);
}

double Event::point_seconds(double time) const {
  return std::clamp((time - begin_.onset) / 20.0, kMinute, 3.0 * kHour);
}

void Event::add(double time, double excess, double deviation, double voltage) {
  const double seconds = std::min(time - last_time_, 900.0);
  voltage_ = voltage;
  latest_[static_cast<std::size_t>(rows_seen_) % latest_.size()] = static_cast<float>(deviation);
  ++rows_seen_;
  if (early_.size() < kEarlyRows) early_.push_back({time, static_cast<float>(excess), static_cast<float>(deviation)});
  const double jump = deviation - last_deviation_;
  if (rows_seen_ > 1 && std::abs(jump) > std::max(10.0 * begin_.scatter.noise, 0.4 * std::abs(deviation))) {
    const int way = jump > 0.0 ? 1 : -1;
    if (way != last_jump_) ++jumps_;
    last_jump_ = way;
  }
  last_deviation_ = deviation;
  last_time_ = time;

  // Over two minutes and some rows: one reading is neither gone nor back.
  smooth_ += (deviation - smooth_) * std::max(1.0 / rows_seen_, std::min(1.0, seconds / (2.0 * kMinute)));
  peak_ = std::max(peak_, std::abs(smooth_));
  if (peak_ > 1.1 * mark_) mark_ = peak_, grown_at_ = time;
  const bool at_home = std::abs(smooth_) < std::max(2.0 * begin_.scatter.wander, 0.3 * peak_);
  if (!at_home)
    back_since_.reset();
  else if (!back_since_)
    back_since_ = time;

  const double point = point_seconds(time);
  if (points_.empty() || points_.back().seconds >= point ||
      std::abs(static_cast<double>(points_.back().excess) - excess) > 0.1)
    points_.push_back(
        {time, static_cast<float>(excess), static_cast<float>(deviation), static_cast<float>(seconds), 1});
  else {
    Point& p = points_.back();
    ++p.rows;
    p.seconds += static_cast<float>(seconds);
    const float weight = 1.0f / static_cast<float>(p.rows);
    p.excess += (static_cast<float>(excess) - p.excess) * weight;
    p.deviation += (static_cast<float>(deviation) - p.deviation) * weight;
    p.time = time;
  }
  if (points_.size() > 800) {  // the older half at half the detail
    std::vector<Point> fewer;
    for (std::size_t i = 0; i < points_.size(); ++i)
      if (i >= 400 || i % 2 == 0) fewer.push_back(points_[i]);
    points_ = std::move(fewer);
  }
}

void Event::keep_signals_before(const Signals& s) {
  const double to = begin_.onset - 10.0 * kMinute, from = to - 3.0 * kDay;
  const auto keep = [&](const Signal& signal) { return Analysis{signal.mean(from, to), {}, signal.drift(to)}; };
  hydrogen_ = keep(s.hydrogen);
  oxygen_ = keep(s.oxygen);
  chloride_ = keep(s.chloride);
  feed_ = keep(s.feed);
}

void Event::follow_signals(double now, const Signals& s) {
  if (now - begin_.onset < kAnalyserWaits || now - grown_at_ > kDay) return;
  const double span = std::clamp(0.5 * (now - begin_.onset), 1200.0, kDay),
               from = std::max(begin_.onset + 0.5 * kAnalyserWaits, now - span);
  const auto follow = [&](Analysis& a, const Signal& signal) {
    const Figure is = signal.mean(from, now);
    if (!a.before.known() || !is.known()) return;
    a.change = {is.value - a.before.value,
                std::sqrt(squared(is.sd) + squared(a.before.sd) + a.drift * (from - begin_.onset))};
  };
  follow(hydrogen_, s.hydrogen);
  follow(oxygen_, s.oxygen);
  follow(chloride_, s.chloride);
  follow(feed_, s.feed);
}

Figure Event::deviation() const {
  if (points_.empty()) return {};
  double sum = 0.0, seconds = 0.0, rows = 0.0;
  const double age = last_time_ - begin_.onset, span = std::clamp(0.2 * age, 20.0, kHour);
  for (auto p = points_.rbegin(); p != points_.rend(); ++p) {
    const double weight = std::max(1.0, static_cast<double>(p->seconds));
    sum += weight * static_cast<double>(p->deviation);
    seconds += weight;
    rows += p->rows;
    if (seconds >= span) break;
  }
  return {sum / seconds, std::sqrt(squared(begin_.scatter.wander) + squared(begin_.scatter.noise) / rows +
                                   begin_.own.variance(static_cast<double>(points_.back().excess)))};
}

double Event::share_of_rows() const {
  const auto end = latest_.begin() + std::min<std::ptrdiff_t>(rows_seen_, static_cast<std::ptrdiff_t>(latest_.size()));
  float most = 0.0f;
  for (auto d = latest_.begin(); d != end; ++d) most = std::max(most, std::abs(*d));
  const auto show = std::count_if(latest_.begin(), end, [&](float d) { return std::abs(d) > 0.3f * most; });
  return end == latest_.begin() ? 0.0 : static_cast<double>(show) / static_cast<double>(end - latest_.begin());
}

Event::Line Event::second_line() const {
  if (points_.size() < 2) return {};
  const Figure now = deviation();
  const double size = std::max(std::abs(now.value), 3e-3), age = std::max(last_time_ - begin_.onset, kMinute);
  struct Growth {
    double until, variance;  ///< time since the onset [s]; of a random walk till then [V2/s], a hundredth of it later
  };
  const auto filtered = [&](const Growth& g, double* likelihood) {
    Line l{Kalman<3>({now.value, 0.0, 0.0}, {size + 10e-3, 0.5 * size, begin_.scatter.wander}), true};
    double time = begin_.onset, sum = 0.0;
    for (const Point& p : points_) {
      const double seconds = std::max(0.0, p.time - time), keep = std::exp(-seconds / Scatter::kWanderTime);
      const double drift = kLeastDrift + g.variance * (time - begin_.onset < g.until ? 1.0 : 0.01);
      time = p.time;
      l.line.predict({1.0, 1.0, keep}, {drift * seconds, drift * seconds / squared(kReference),
                                        squared(begin_.scatter.wander) * (1.0 - keep * keep)});
      const std::array<double, 3> h{1.0, static_cast<double>(p.excess), 1.0};
      const double variance =
                       squared(begin_.scatter.noise) / p.rows + squared(begin_.scatter.block) + squared(0.01 * size),
                   aside = static_cast<double>(p.deviation) - l.line.value(h), spread = variance + l.line.variance(h);
      sum -= 0.5 * (std::log(spread) + std::min(squared(aside) / spread, 25.0));
      l.line.measure(h, static_cast<double>(p.deviation), variance);
    }
    *likelihood = sum;
    return l;
  };
  double best = 0.0, other = 0.0;
  Line likeliest = filtered({0.0, 0.0}, &best);
  for (const double part : {1.0, 1.0 / 4, 1.0 / 16, 1.0 / 64}) {
    const double until = part * age;
    if (until < kMinute) break;
    for (double share = 0.05; share < 20.0; share *= 3.0)
      if (Line l = filtered({until, squared(share * size) / until}, &other); other > best) best = other, likeliest = l;
  }
  return likeliest;
}

Figure Event::deviation_at(double excess) const {
  const Line l = second_line();
  if (!l.known) return deviation();
  return {l.line.value({1.0, excess, 0.0}),
          std::sqrt(l.line.variance({1.0, excess, 0.0}) + begin_.own.variance(excess))};
}

Figure Event::deviation_b() const {
  const Line l = second_line();
  return l.known ? Figure{l.line[1], std::sqrt(l.line.variance_of(1))} : Figure{};
}

/// What a deviation would be at the reference current density, by the share of the second line that grows with current [V].
double Event::at_reference(double excess, double deviation, const Line& l) const {
  if (!l.known || std::abs(l.line[0]) < 3.0 * std::sqrt(l.line.variance_of(0))) return deviation;
  const double share = std::clamp(l.line[1] * kReference / l.line[0], -1.0, 1.5);
  return deviation / std::max(1.0 + share * excess / kReference, 0.2);
}

double Event::mean_over(double from, double to, const Line& l) const {
  double sum = 0.0;
  int n = 0;
  for (const Point& p : points_)
    if (p.time >= from && p.time <= to)
      sum += at_reference(static_cast<double>(p.excess), static_cast<double>(p.deviation), l), ++n;
  return n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
}

/// By when three quarters of the deviation were there. In a start it rises with the load, and nothing is said.
std::optional<int> Event::speed(const Line& l) const {
  if (begin_.trigger == Trigger::low_current || begin_.trigger == Trigger::decay || begin_.at_start)
    return std::nullopt;
  if (rows_seen_ < 2 || points_.empty()) return std::nullopt;
  const double level = mean_over(last_time_ - 0.2 * (last_time_ - begin_.onset), last_time_, l);
  if (std::isnan(level)) return std::nullopt;
  double there = last_time_;
  const auto reached = [&](const auto& p) {
    return at_reference(static_cast<double>(p.excess), static_cast<double>(p.deviation), l) / level >= 0.75;
  };
  const auto early = std::find_if(early_.begin(), early_.end(), reached);
  const auto point = std::find_if(points_.begin(), points_.end(), reached);
  if (early != early_.end())
    there = early->time;
  else if (point != points_.end())
    there = point->time;
  const double took = there - begin_.onset;
  if (begin_.trigger != Trigger::slow && took <= std::max(25.0, 2.2 * begin_.row_seconds)) return 0;
  if (took < kHour) return begin_.trigger == Trigger::slow ? 2 : 1;
  return took < 20.0 * kHour ? 2 : 3;
}

std::optional<int> Event::growth(const Line& l, double* slope) const {
  const double age = last_time_ - begin_.onset;
  if (points_.size() < 6 || age < 5.0 * kMinute) return std::nullopt;
  const double late = mean_over(last_time_ - 0.2 * age, last_time_, l),
               before = mean_over(last_time_ - 0.5 * age, last_time_ - 0.3 * age, l),
               first = mean_over(begin_.onset + 0.1 * age, begin_.onset + 0.3 * age, l);
  if (std::isnan(late) || std::isnan(before)) return std::nullopt;
  const double scatter = 2.0 * begin_.scatter.wander;
  *slope = (late - before) / (0.3 * age);
  if (std::abs(late - before) < std::max(0.12 * std::abs(late), scatter)) return 0;
  // Even growth reaches a fifth of the end by the first fifth of the time; growth with the square of time 4 %.
  if (!std::isnan(first) && late * first < 0.13 * late * late && std::abs(late) > 5.0 * scatter) return 2;
  return *slope * late > 0.0 ? 1 : 0;
}

Event::Seen Event::look(double current) const {
  Seen seen;
  Signs& s = seen.signs;
  const auto say = [&](Clue::Kind kind, Figure number) { seen.evidence.push_back({kind, number}); };
  const Figure level = deviation();
  if (level.known()) {
    const double size = std::abs(level.value);
    const bool slow = begin_.trigger == Trigger::slow;  // then hours have shown that it moved
    const bool moved_at_load = size > (slow ? 2e-3 : std::max(4e-3, 4.0 * level.sd));
    s[Sign::direction] = !moved_at_load ? 1 : level.value < 0.0 ? 0 : 2;
    say(Clue::Kind::deviation, level);
    if (moved_at_load) {
      s[Sign::size] = size < 60e-3 ? 0 : size < 250e-3 ? 1 : 2;
      const Line l = second_line();
      s[Sign::speed] = speed(l);
      double slope = 0.0;
      s[Sign::growth] = growth(l, &slope);
      if (s[Sign::speed] == 0) say(Clue::Kind::at_once, {begin_.row_seconds, begin_.row_seconds});
      if (s[Sign::growth].value_or(0) > 0) say(Clue::Kind::rising, {slope, std::abs(slope) * 0.3});
      if (l.known && std::abs(l.line[0]) > 3.0 * std::sqrt(l.line.variance_of(0))) {
        const double a = l.line[0], share = l.line[1] * kReference / a;
        const double sd_b = std::sqrt(l.line.variance_of(1) + begin_.own.variance_b());
        s.ohmic_share = {share, std::hypot(kReference * sd_b, share * std::sqrt(l.line.variance_of(0))) / std::abs(a)};
        if (s.ohmic_share.sd < 0.3) say(Clue::Kind::ohmic_share, s.ohmic_share);
      }
    }
    s[Sign::level] = voltage_ < 2.0 ? 0 : voltage_ > 3.8 ? 2 : 1;
    if (s[Sign::level] != 1) say(Clue::Kind::level, {voltage_, begin_.scatter.noise});
  }
  s[Sign::flicker] = jumps_ >= 4 ? 0 : 1;
  if (jumps_ >= 4) say(Clue::Kind::flickers, {level.value, level.sd});
  s[Sign::start] = begin_.at_start ? 0 : 1;
  if (begin_.at_start) say(Clue::Kind::at_start, {});
  if (low_) {
    const double off = low_->value / (3.5 * low_->sd);
    s[Sign::low_current] = off < -1.0 ? (low_->value < -0.15 ? 0 : 1) : off > 1.0 ? 3 : 2;
    say(Clue::Kind::low_current, *low_);
  }
  if (decay_) {
    s[Sign::decay] = *decay_ < -0.25 ? 0 : 1;
    say(Clue::Kind::decay, {*decay_, 0.05});
  }
  if (rest_) {
    s[Sign::at_rest] = std::abs(rest_->value) > std::max(5.0 * rest_->sd, 4e-3) ? 1 : 0;
    if (s[Sign::at_rest] == 1) say(Clue::Kind::at_rest, *rest_);
  }
  // Of two that moved against each other the sum says nothing.
  if (sum_ && partner_ < 0 && level.known() && std::abs(level.value) > 3.0 * sum_->sd) {
    const double share = -sum_->value / level.value;  // of the deviation, that the voltmeter did not follow
    s[Sign::sum] = share > 0.5 ? 1 : 0;
    say(share > 0.5 ? Clue::Kind::sum_does_not : Clue::Kind::sum_follows, {level.value, sum_->sd});
  }
  s[Sign::partner] = partner_ < 0 ? 0 : exchanged_ ? 2 : 1;
  if (partner_ >= 0) say(exchanged_ ? Clue::Kind::exchanged : Clue::Kind::opposite, {distance_, level.sd});

  // A sign counts as absent only where what a cell of so many would do would have been seen: less where it has done little yet.
  const double part = level.known() && level.value > 0.0 ? std::min(1.0, level.value / kFullEffect) : 1.0;
  const auto look_at = [&](Sign sign, Clue::Kind kind, const Analysis& a, double typical, double unit) {
    if (!a.change.known()) return;
    const double of_all = 150.0 / begin_.cells,  // one cell among 150
        expected = typical * of_all * std::abs(a.before.value), up = typical > 0.0 ? a.change.value : -a.change.value;
    if (up > std::max(3.5 * a.change.sd, 0.5 * std::abs(expected))) {
      s[sign] = 0;
      say(kind, {up / unit, a.change.sd / unit});
    } else if (3.0 * a.change.sd < part * std::abs(expected) &&
               !by_itself()) {  // what shows at a low current may be old
      s[sign] = 1;
    }
  };
  look_at(Sign::hydrogen, Clue::Kind::hydrogen, hydrogen_, 0.15, current);
  look_at(Sign::oxygen, Clue::Kind::oxygen, oxygen_, 0.03, 1.0);
  look_at(Sign::chloride, Clue::Kind::chloride, chloride_, 0.05, current);
  look_at(Sign::feed, Clue::Kind::feed, feed_, -0.004, std::abs(feed_.before.value));
  return seen;
}

}  // namespace castner::cells
