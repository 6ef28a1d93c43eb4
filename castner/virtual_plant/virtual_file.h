// SPDX-License-Identifier: Apache-2.0
/// virtual.toml: how the plant beside it is run through time, and over which protocol each of its tags is sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/error.h"
#include "castner/base/quantity.h"
#include "castner/dynamics/course.h"
#include "castner/dynamics/process.h"
#include "castner/plant/plant.h"
#include "castner/virtual_plant/instrument.h"
#include "castner/virtual_plant/virtual_cells.h"

namespace castner::virtual_plant {

/// One way out for tags: a device, an edge node, an OPC UA server.
struct LinkSettings {
  enum class Kind { modbus_tcp, sparkplug, opcua };
  std::string name;
  Kind kind = Kind::modbus_tcp;
  std::vector<std::string> tags;  ///< patterns (readings::fits_pattern); the first link that matches a tag sends it
  int port = 0;  ///< Modbus: where it listens; OPC UA: where JSON lines are served. 0: the system chooses
  // Modbus
  std::string table = "holding";    ///< holding or input
  std::string type = "float32";     ///< float32, uint16 or int16
  std::string word_order = "abcd";  ///< abcd: high word first; cdab: low word first
  double scale = 1.0;               ///< value = raw * scale
  // Sparkplug; for OPC UA, what the gateway publishes as
  std::string url, group, node, device;
};

/// An analyser of one electrolyser, of what its cells do and the plant's model does not know.
struct AnalysisSettings {
  enum class Of { hydrogen_in_chlorine, chloride_in_caustic };
  std::string tag;
  int electrolyser = 0;  ///< in VirtualCells::electrolysers()
  Of of = Of::hydrogen_in_chlorine;
  Measure unit;
  double sd = 0.0;    ///< in its unit
  double lag = 90.0;  ///< of the sample's way to it [s]
};

struct VirtualFile {
  std::uint64_t seed = 1;
  double period = 1.0;  ///< [s] between two sendings
  dynamics::ProcessSettings process;
  dynamics::LoadProfile load;
  CellSettings cells;
  InstrumentSettings instruments;
  std::vector<std::pair<int, double>> changes;          ///< specifications with another value: (variable, [SI])
  std::vector<std::pair<CellName, double>> weak_cells;  ///< with so many volts more
  std::vector<AnalysisSettings> analyses;
  std::vector<LinkSettings> links;
};

/// Reads the text; opens nothing. @param file its name, for messages  @param plant whose variables it names
[[nodiscard]] Result<VirtualFile> read_virtual_file(std::string_view text, const std::string& file,
                                                    const plant::Plant&);

/// True for "tcp://HOST:PORT".
bool is_broker_url(std::string_view url);

}  // namespace castner::virtual_plant
