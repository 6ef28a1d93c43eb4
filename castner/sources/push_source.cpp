// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/push_source.h"

#include "castner/base/suggest.h"
#include "castner/sources/settings_check.h"

namespace castner::sources {

PushSource::PushSource(const SourceSettings& settings, Clock& clock) : board_(settings, clock) {
  for (std::size_t k = 0; k < settings.tags.size(); ++k) places_[settings.tags[k].name] = k;
}

void PushSource::pushed(std::span<const Pushed> all) {
  for (const Pushed& p : all)
    if (const auto place = places_.find(p.tag); place != places_.end()) board_.read(place->second, p.newest, p.count);
}

Result<std::unique_ptr<Source>> make_push_source(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  if (!settings.url.empty()) check.problem("url is not needed: others write to the server", "remove it");
  for (const auto& tag : settings.tags) {
    if (!tag.address.empty() && tag.address != tag.name)
      check.problem(tag, "address " + in_quotes(tag.address) + " is not its name",
                    "remove it, and let the writer use " + in_quotes(tag.name));
    if (tag.scale != 1.0 || tag.offset != 0.0)
      check.problem(tag, "readings that are pushed are kept as they come", "remove scale and offset");
  }
  CASTNER_TRY(check.finish());
  return std::make_unique<PushSource>(settings, clock);
}

}  // namespace castner::sources
