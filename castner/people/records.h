// SPDX-License-Identifier: Apache-2.0
/// Accounts, sessions, tokens and the audit trail, in one file.
#pragma once

#include <memory>
#include <string>

#include "castner/people/accounts.h"
#include "castner/people/asked.h"
#include "castner/people/audit.h"
#include "castner/people/cell_services.h"
#include "castner/people/devices.h"
#include "castner/people/notes.h"
#include "castner/people/owed.h"
#include "castner/people/sessions.h"
#include "castner/people/sign_in_limits.h"
#include "castner/people/tokens.h"

namespace castner::people {

class Records {
 public:
  /// Opens or makes the file. The clock must outlive the records.
  [[nodiscard]] static Result<std::unique_ptr<Records>> open(const std::string& path, const Clock& clock,
                                                             HashCost cost = HashCost::people) {
    auto database = CASTNER_TRY(Database::open(path));
    return std::unique_ptr<Records>(new Records(std::move(database), clock, cost));
  }

  /// Why the last change was refused by the disk; "" where it went well.
  std::string last_error() const { return database_->last_error(); }
  /// Which tables are missing, or why the file cannot be read; "" where it is whole.
  std::string damage() const { return database_->damage(); }
  /// Either of them, and what holds in memory only.
  std::string error() const;
  /// Writes what the disk had no room for, if there is room now; for a server to call now and then.
  void write_what_waits();
  ~Records();

 private:
  std::unique_ptr<Database> database_;
  Records(std::unique_ptr<Database> database, const Clock& clock, HashCost cost)
      : database_(std::move(database)),
        owed(*database_, clock),
        accounts(*database_, clock, owed, cost),
        sessions(*database_, clock, owed),
        devices(*database_, clock),
        tokens(*database_, clock, owed),
        audit(*database_, clock),
        notes(*database_, clock),
        asked(*database_, clock),
        cells(*database_, clock),
        limits(clock) {}

 public:
  Owed owed;
  Accounts accounts;
  Sessions sessions;
  Devices devices;
  Tokens tokens;
  Audit audit;
  Notes notes;
  Asked asked;
  CellServices cells;
  SignInLimits limits;
};

}  // namespace castner::people
