// SPDX-License-Identifier: Apache-2.0
#include "castner/people/cell_services.h"

#include <algorithm>

#include "castner/base/utf8.h"

namespace castner::people {
namespace {

CellService service_of(const Row& r) {
  return {whole(r[0]),
          text(r[1]),
          text(r[2]),
          time_of(r[3]).value_or(Time{}),
          text(r[4]),
          text(r[5]),
          time_of(r[6]).value_or(Time{})};
}

}  // namespace

Result<CellService> CellServices::add(CellService s) {
  s.at = clock_.now();
  Error error;
  if (std::find(CellService::kParts.begin(), CellService::kParts.end(), s.what) == CellService::kParts.end())
    error.problems.push_back({"what", "is no part of a cell", "membrane, anode_coating, cathode_coating or other"});
  if (s.when > s.at) error.problems.push_back({"when", "lies ahead", "enter an exchange once it is made"});
  if (s.when < std::chrono::sys_days(std::chrono::year(1900) / 1 / 1))
    error.problems.push_back({"when", "lies before 1900", "give the year of the exchange with four digits"});
  if (s.note.size() > 500 || (!s.note.empty() && !is_printable(s.note)))
    error.problems.push_back({"note", "is too long or cannot be printed", "500 bytes of printable text at most"});
  if (!error.problems.empty()) return tl::unexpected(error);
  if (CASTNER_TRY(has(s)))
    return bad_input("when", "this exchange is written down already", "enter another part or another time");
  const auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto id = CASTNER_TRY(
        run("INSERT INTO cell_service (cell, what, time, note, who, created) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            {s.cell, s.what, cell(s.when), s.note, s.who, cell(s.at)}));
    s.id = whole(id.front().front());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return s;
}

Result<bool> CellServices::has(const CellService& s) const {
  const auto there = CASTNER_TRY(all(s.cell));
  return std::any_of(there.begin(), there.end(),
                     [&](const CellService& known) { return known.what == s.what && known.when == s.when; });
}

Result<std::vector<CellService>> CellServices::all(std::string_view of) const {
  constexpr const char* kAll =
      "SELECT id, cell, what, time, note, who, created FROM cell_service WHERE ? IN (cell, '') ORDER BY time DESC, id "
      "DESC";
  return database_.read_all(service_of, kAll, {cell(of)});
}

}  // namespace castner::people
