// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/measurements_file.h"

#include <utility>

namespace castner::tables {

Result<std::vector<SnapshotRow>> read_measurements(std::string_view bytes, const std::string& file,
                                                   TableOptions options, std::vector<std::string>* notes) {
  // A zone keeps a table of times from being refused for its lack of one, which would be the wrong cure here.
  options.time_zone = "+00:00";
  auto table = read_table(bytes, file, options);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (table->facts.shape != TableShape::snapshot)
    return bad_input(file + ":" + std::to_string(table->facts.header_line),
                     "is a table of many times, not one set of readings",
                     "give the columns tag,value[,sd][,quality], or use castner assess");
  if (notes) notes->insert(notes->end(), table->facts.notes.begin(), table->facts.notes.end());
  return std::move(table->snapshot);
}

}  // namespace castner::tables
