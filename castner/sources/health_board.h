// SPDX-License-Identifier: Apache-2.0
/// How a source and each of its tags are: ok, late or down, with the last error; kept while it runs, read by anyone.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/clock.h"
#include "castner/readings/no_data.h"
#include "castner/sources/source.h"

namespace castner::sources {

/// Thread safe. The rules:
/// - down: the connection is not there (or, for one tag, the device behind it said that it is gone);
/// - late: connected, but nothing new for longer than three periods and longer than the timeout, or nothing yet; or the newest reading
///   is older than that by its own time, and five minutes more, by which clocks may differ: a folder may bring last month's;
/// - ok: data flow.
class HealthBoard {
 public:
  enum class Silence {
    late,    ///< a tag that says nothing for too long is late
    normal,  ///< by exception: no news is good news, for as long as the other side lives
  };
  HealthBoard(const SourceSettings&, Clock&, Silence = Silence::late);
  ~HealthBoard();  ///< the log is told of every reading lost

  std::size_t size() const { return names_.size(); }
  const std::string& name(std::size_t tag) const { return names_[tag]; }

  void connected();
  void disconnected(std::string why);
  void error(std::string why);     ///< the source's last error, whatever its health
  void assumed(std::string what);  ///< of what came last, "" for nothing

  /// To be called for each tag with new readings, of any quality, when they go to the outbox or to the historian. Mends what was wrong
  /// with the tag, so a mark that comes with them (tag_late) follows it.
  /// @param measured  time of the newest of them
  void read(std::size_t tag, Time measured, std::uint64_t count = 1);
  /// What the tag showed, for the one question whether a number stands for no reading, which health() then asks.
  void shown(std::size_t tag, const readings::Reading&);
  void shown(const Pushed&, std::size_t tag);
  void tag_late(std::size_t tag, std::string why);      ///< until its next reading
  void tag_down(std::size_t tag, std::string why);      ///< until its next reading
  void rejected(std::uint64_t count, std::string why);  ///< could not be understood
  void lost(std::uint64_t count);                       ///< readings; the log is told at once, then every minute

  bool is_connected() const;
  /// A tag that has had a reading and has not been marked since.
  bool well(std::size_t tag) const;
  SourceHealth health() const;

 private:
  struct TagState {
    Health marked = Health::ok;
    std::optional<Time> last;                      ///< as measured
    std::optional<std::chrono::nanoseconds> seen;  ///< uptime of the newest arrival
    std::chrono::nanoseconds behind{};             ///< how old the newest reading was then
    std::string error;
    double scale = 1.0, offset = 0.0;
    readings::NoDataFinder numbers;  ///< as they came, before scaling
    bool pushed = false;             ///< kept as they come, whatever its settings say
    void show(double value);
  };
  void note(std::string why);
  void say_lost();
  std::string doubt(const TagState&) const;
  Health of(const TagState&, std::chrono::nanoseconds now) const;
  bool is_of_the_past(const TagState&, std::chrono::nanoseconds now) const;

  Clock& clock_;
  const std::string source_;
  const Silence silence_;
  const std::chrono::nanoseconds patience_;
  std::vector<std::string> names_;
  mutable std::mutex mutex_;
  bool connected_ = false;
  std::optional<bool> said_;  ///< what the log was told last
  std::vector<TagState> tags_;
  std::optional<Time> last_, error_at_;
  std::string error_, assumed_;
  std::uint64_t readings_ = 0, rejected_ = 0, lost_ = 0;
  std::uint64_t said_lost_ = 0;                           ///< of them the log knows
  std::optional<std::chrono::nanoseconds> said_lost_at_;  ///< uptime
};

}  // namespace castner::sources
