// SPDX-License-Identifier: Apache-2.0
/// Live values for browsers: one thread looks once a second what changed and tells every open stream; a slow reader is dropped.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "castner/api/backend.h"
#include "castner/api/tag_units.h"
#include "castner/base/json_writer.h"
#include "castner/http/http.h"

namespace castner::api {

struct ApiOptions;

struct Subscription {
  std::vector<historian::Tag> tags;  ///< whose values; may be empty
  bool si = true;
  std::function<bool()> may_go_on;  ///< asked every heartbeat: the session lasts
};

/// Every method may be called from any thread.
class Feed {
 public:
  Feed(const Backend&, const ApiOptions&);
  ~Feed();  ///< ends every stream

  /// Takes a place for a reader; false where all are taken. Each success is followed by one add() or give_back().
  bool reserve();
  void give_back();
  void add(Subscription, std::shared_ptr<http::EventStream>);
  std::size_t streams() const;

 private:
  struct Reader {
    Subscription what;
    std::shared_ptr<http::EventStream> stream;
    std::vector<std::optional<readings::Reading>> told;
    std::shared_ptr<const service::LiveAssessment> last;
    std::string not_reconciled, health;
    bool fresh = true;
  };
  void run(const std::stop_token&);
  void tell_all(bool heartbeat);
  std::string news(Reader&, const service::LiveState&, const TagUnits&, const std::string& health) const;

  const Backend& backend_;
  const ApiOptions& options_;
  mutable std::mutex mutex_;
  std::list<Reader> readers_, added_;  ///< readers_ belongs to the thread; added_ is guarded
  std::size_t places_ = 0;
  std::jthread thread_;
};

/// The health of sources and tags, as an object {"tags":{...},"sources":{...}}.
std::string health_counts(const service::LiveState&);

/// One entry of `latest`; null value where the tag has no reading.
void write_latest(JsonWriter&, const historian::Tag&, const std::optional<readings::Reading>&, const Conversion&);
/// A value converted, text and truth as they are; with `not_finite` beside it where it is asked for as a field "value".
void write_value(JsonWriter&, const readings::Value&, const Conversion&);
const char* quality_name(readings::StatusCode);

}  // namespace castner::api
