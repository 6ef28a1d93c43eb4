// SPDX-License-Identifier: Apache-2.0
/// The virtual plant as a whole: process, cells, instruments, faults, and the links that send what the instruments read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/solve/report.h"
#include "castner/virtual_plant/link.h"
#include "castner/virtual_plant/scenario.h"

namespace castner::virtual_plant {

/// Texts and the names of the files they came from.
struct VirtualPlantFiles {
  struct Scenario {
    std::string text, file;
  };
  std::string plant, plant_file;
  std::string settings, settings_file;   ///< virtual.toml
  std::vector<Scenario> scenarios = {};  ///< all of them happen; none: nothing goes wrong
};

class VirtualPlant {
 public:
  /// Reads the files and builds the plant; it does not run yet, and no link is up. Every problem of the first file that
  /// has one.
  [[nodiscard]] static Result<std::unique_ptr<VirtualPlant>> make(const VirtualPlantFiles&);
  ~VirtualPlant();

  VirtualFile& settings();  ///< before start(): another seed, other ports
  /// The plant at rest at the load of a time of its own; live time begins at 0, a past before it. [s]
  [[nodiscard]] solve::Report start(double at = 0.0);
  [[nodiscard]] Result<void> open_links();

  /// Runs on to a time of the plant [s] and reads every instrument, or all but those of the single cells, which are most.
  [[nodiscard]] solve::Report advance(double to, bool cells = true);
  /// Sends the last readings; links go down and come back as the scenario has it.
  void publish(Time now);

  double time() const;
  const std::vector<LinkTag>& tags() const;
  std::size_t measurements() const;  ///< so many of tags() come first; single cells follow, then the cells' analyses
  const std::vector<TagValue>& values() const;  ///< in the order of tags()
  std::vector<double> truths() const;           ///< what a perfect instrument would read, likewise
  double load() const;                          ///< share of full load
  bool has_illness() const;  ///< whether a cell is ill at any time: it moves its electrolyser when cells are read
  const std::vector<std::unique_ptr<Link>>& links() const;

 private:
  struct State;
  explicit VirtualPlant(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

/// The files that a castner.toml names, beside it.
struct FilesBeside {
  std::string plant;
  std::string cells = {};  ///< a cells.toml; "": none
};
/// castner.toml for these links: sources, and each tag with its address.
/// @param tags of all links: VirtualPlant::tags()
std::string server_file_text(const VirtualFile&, const std::vector<LinkTag>& tags, const FilesBeside&);

/// Which link sends each tag (-1: none), and the tags of each link in their order.
struct LinkPlan {
  std::vector<int> link_of;
  std::vector<std::vector<std::size_t>> tags_of;
};
LinkPlan plan_links(const std::vector<LinkSettings>&, const std::vector<LinkTag>&);

}  // namespace castner::virtual_plant
