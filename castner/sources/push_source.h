// SPDX-License-Identifier: Apache-2.0
/// Tags that others write over HTTP: nothing to connect to, but their silence is watched like any other's.
#pragma once

#include <map>

#include "castner/sources/health_board.h"

namespace castner::sources {

class PushSource final : public Source {
 public:
  PushSource(const SourceSettings&, Clock&);
  void start(Deliver) override { board_.connected(); }
  SourceHealth health() const override { return board_.health(); }
  void pushed(std::span<const Pushed>) override;

 private:
  HealthBoard board_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

/// Kind http_push: no url, no options; a tag is written under its own name.
[[nodiscard]] Result<std::unique_ptr<Source>> make_push_source(const SourceSettings&, Clock&);

}  // namespace castner::sources
