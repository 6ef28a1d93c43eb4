// SPDX-License-Identifier: Apache-2.0
/// castner.toml: the server's address, plant, historian, retention, sources and tags.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/historian/store.h"
#include "castner/readings/newest.h"
#include "castner/sources/source.h"

namespace castner::service {

struct ServerFile {
  struct Server {
    std::string address = "127.0.0.1";
    int port = 8080;                             ///< 0: the system chooses
    std::string tls_certificate, tls_key;        ///< PEM files; both or neither
    std::string web;                             ///< folder of the pages; "": none
    std::string records = "castner-records.db";  ///< accounts, tokens, audit trail
  } server;
  std::string plant;     ///< "": no model, values and trends only
  std::string cells;     ///< a cells.toml; "": no cells are watched
  bool made_up = false;  ///< the data come from no real plant: every page says so
  std::string history = "sqlite:castner-history.db";
  std::chrono::nanoseconds clock_tolerance =
      readings::kAhead;                          ///< a reading further ahead of its arrival is from the future
  std::vector<historian::Retention> retention;   ///< [[retention]]; the first that fits a tag counts, none: for ever
  std::vector<sources::SourceSettings> sources;  ///< each with its tags
  std::vector<sources::TagSettings> tags;        ///< every [[tag]], in file order
};

/// The problems that a source's own kind finds in its settings.
using CheckSource = std::function<Result<void>(const sources::SourceSettings&)>;

/// Reads the file's text; opens nothing. Relative paths in it count from the folder of `file`.
/// @param file   its name, for messages and relative paths
/// @param check  asked of every source whose kind is known, also where the file has problems, so that all are told at once
[[nodiscard]] Result<ServerFile> read_server_file(std::string_view text, const std::string& file,
                                                  const CheckSource& check = {});

}  // namespace castner::service
