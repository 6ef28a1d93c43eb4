// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "castner/base/suggest.h"
#include "castner/sources/health_board.h"
#include "castner/sources/kinds.h"
#include "castner/sources/scaled_reading.h"
#include "castner/sources/settings_check.h"

namespace castner::sources {
namespace {

/// Others write the readings of its tags, over HTTP and into the store; this source has no thread, and only watches their silence.
class HttpPushSource final : public Source {
 public:
  HttpPushSource(const SourceSettings& settings, Clock& clock) : board_(settings, clock) {
    for (std::size_t k = 0; k < settings.tags.size(); ++k) index_[settings.tags[k].name] = k;
  }
  void start(Deliver) override { board_.connected(); }
  SourceHealth health() const override { return board_.health(); }
  void pushed(std::span<const Pushed> all) override {
    for (const Pushed& p : all)
      if (const auto found = index_.find(p.tag); found != index_.end()) {
        board_.read(found->second, p.newest, p.count);
        board_.shown(p, found->second);
      }
  }

 private:
  HealthBoard board_;
  std::map<std::string, std::size_t, std::less<>> index_;  ///< of a tag on the board
};

Result<std::unique_ptr<Source>> make_http_push(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  if (!settings.url.empty()) check.problem("url is not needed: others write to the server", "remove it");
  for (const auto& tag : settings.tags) {
    if (!tag.address.empty() && tag.address != tag.name)
      check.problem(tag, "address " + in_quotes(tag.address) + " is not its name",
                    "remove it, and let the writer use " + in_quotes(tag.name));
    if (tag.scale != 1.0 || tag.offset != 0.0 || !no_data_of(settings, tag).empty())
      check.problem(tag, "readings that are pushed are kept as they come", "remove scale, offset and no_data");
  }
  CASTNER_TRY(check.finish());
  return std::make_unique<HttpPushSource>(settings, clock);
}

}  // namespace

/// Tags that others write over HTTP: nothing to connect to, but their silence is watched like any other's. No url, no options; a
/// tag is written under its own name.
SourceKind http_push_source() { return {"http_push", {}, make_http_push}; }

}  // namespace castner::sources
