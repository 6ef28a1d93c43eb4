// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/make_source.h"

#include "castner/base/suggest.h"
#include "castner/sources/folder_source.h"
#include "castner/sources/modbus_source.h"
#include "castner/sources/mqtt_source.h"
#include "castner/sources/push_source.h"
#include "castner/sources/sparkplug_source.h"

namespace castner::sources {
namespace {

using Make = Result<std::unique_ptr<Source>> (*)(const SourceSettings&, Clock&);

/// Every kind there is: a new one is a line here.
const std::map<std::string, Make>& kinds() {
  static const std::map<std::string, Make> all = {
      {"folder", make_folder_source}, {"http_push", make_push_source},      {"modbus_tcp", make_modbus_source},
      {"mqtt", make_mqtt_source},     {"sparkplug", make_sparkplug_source},
  };
  return all;
}

}  // namespace

Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, Clock& clock) {
  if (const auto kind = kinds().find(settings.kind); kind != kinds().end()) return kind->second(settings, clock);
  std::vector<std::string> names;
  for (const auto& [name, make] : kinds()) names.push_back(name);
  return bad_input(settings.where,
                   "[[source]] " + in_quotes(settings.name) + ": kind " + in_quotes(settings.kind) + " is not known",
                   did_you_mean(settings.kind, names, "one of " + listed(names)));
}

}  // namespace castner::sources
