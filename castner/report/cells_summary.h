// SPDX-License-Identifier: Apache-2.0
/// An answer about single cells boiled down once for terminal and page: is it all right, and how much can be told.
#pragma once

#include <string>
#include <vector>

#include "castner/report/cells.h"
#include "castner/report/summary.h"

namespace castner::report {

/// Cells of an electrolyser, that one may be compared with the others: of fewer than kFewComparable what the middle one does is not
/// clear (a guess), and of fewer than kLeastComparable there is no middle.
constexpr std::size_t kFewComparable = 5, kLeastComparable = 3;

struct CellsSummary {
  PlantHealth health = PlantHealth::ok;
  std::string answer;               ///< "Look at one cell: E1/017: probably ..."
  std::string cells, money;         ///< how many are healthy; what the sick ones cost, "" where that is not known
  std::vector<std::string> limits;  ///< what was not judged and why, a sentence each
};
CellsSummary summarise(const CellsReport&, const words::Words&);

/// "2026-03-01 00:00 to 2026-03-02 11:59, UTC+08:00".
std::string period(const CellsReport&, const words::Words&);
/// For a column [currency/d].
words::Shown money_per_day(const CellsReport&, const cells::Figure&);
/// "12 ± 3 CNY a day".
std::string day_words(const CellsReport&, const words::Words&, const cells::Figure&);
words::Shown money(const CellsReport&, double);  ///< [currency]

/// Whether a finding's cell draws too much for sure: a hole or a short draws less, and endangers people.
bool costs(const cell_room::CellFinding&);
/// Price of waiting for an exchange, or that it saves no power.
std::string waiting_words(const CellsReport&, const words::Words&, const cell_room::Exchange&);
/// When to exchange, or what is missing to say it.
std::string when_words(const words::Words&, const cell_room::Exchange&);

/// Since when, when that was told, and when it was over.
std::string since_words(const CellsReport&, const words::Words&, const cell_room::CellFinding&);
std::string since_words(const CellsReport&, const words::Words&, const cell_room::RoomNote&);

}  // namespace castner::report
