// SPDX-License-Identifier: Apache-2.0
/// A plant as someone picks it from lists: units, the pipes between them, and which meter is where. It becomes a plant.toml.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "castner/plant/plant.h"

namespace castner::plant_file {

/// One end of a pipe.
struct SketchEnd {
  std::string unit;    ///< "": outside the plant
  std::string port;    ///< of a model with named ports; "" where the ports are lists
  bool every = false;  ///< `unit` is a model: the port of every unit of it, "every electrolyser.brine"
};

struct Sketch {
  struct Unit {
    std::string name, model;
    std::vector<std::pair<std::string, std::string>> parameters;  ///< "cells", "150"; "cell_area", "2.7 m2"
    std::vector<std::string> feeds = {};  ///< of a rectifier: the electrolysers that have its direct current
    plant::Title title = {};              ///< what people call it
  };
  struct Pipe {
    std::string name;
    std::string contents;  ///< "": what the ports at its ends take, else its flow only
    SketchEnd from, to;
  };
  struct Meter {
    std::string tag;
    std::string of;              ///< "S1.flow_mass", "E1.current"
    std::string unit;            ///< "": that of the data
    std::string sd;              ///< "1.5 %", "0.5 K"
    std::string data_unit = {};  ///< in which data files have it, where that was asked back; "": as their header says
    std::optional<double> mean = {};  ///< of its readings, in `unit`: where a solver may start
  };
  /// What a plant file says of a quantity though no meter does.
  struct Assumed {
    std::string of;     ///< "E1.wear_voltage"
    double value, sd;   ///< SI
    std::string about;  ///< one line: why so much
  };
  std::string name, currency, data_file;
  std::string window, max_gap;  ///< "30 min"
  int min_rows = 0;             ///< 0: as the plant file's default
  std::string between = {};     ///< "hold"; "": nothing is held between two readings
  std::vector<Unit> units;
  std::vector<Pipe> pipes;
  std::vector<Meter> meters;
  std::vector<Assumed> assumed;                                  ///< beside those of assumed_in()
  std::vector<std::pair<std::string, std::string>> starts = {};  ///< "S1.flow_mass", "12.5 t/h"
  /// Of [economics]: "electricity", "0.45". A bare price is in `currency`, per kW.h or t; what is empty is not written.
  std::vector<std::pair<std::string, std::string>> economics = {};
  /// How electrolysers share a feed where no meter tells it (untold_divisions): nearly as their currents, or nobody knows.
  enum class Divided { by_current, unknown };
  Divided divided = Divided::by_current;
};

/// What flows in a pipe of a sketch, and who says so.
struct PipeContents {
  std::string pipe, contents;  ///< "": not known
  enum class By { nobody, picked, ends, tags } by = By::nobody;
  /// Where two are possible and nothing decides: a feed of a mixer of caustic may be water or caustic.
  std::vector<std::string> may_be = {};
};
/// Of each pipe that somebody picked.
std::vector<PipeContents> contents_in(const Sketch&);

/// Several electrolysers of which no meter tells how a feed divides over them.
struct Division {
  std::string port;  ///< "brine", "caustic"
  std::vector<std::string> units;
};
std::vector<Division> divisions_in(const Sketch&);

/// What a person should know of a meter where its place is picked.
struct MeterNote {
  std::string tag;
  enum What {
    as_hcl,               ///< its kilograms are taken for HCl, as 100 %
    no_quantity_of_acid,  ///< not used: of acid a plant file has its flow and strength only
    acid_elsewhere,       ///< not used: acid that joins anything but brine on its way to electrolysers
  } what;
};
std::vector<MeterNote> meter_notes(const Sketch&);

/// The plant file. A port that must be connected and has no pipe gets one to or from outside, "E1_hydrogen"; where several pipes end or
/// begin at one port, or at that of every unit of a model, they are mixed and divided there. What is wrong with it read_plant() tells,
/// with its line.
std::string sketched_plant(const Sketch&);

/// All that it assumes: parameters that hardly any plant's meters tell, acid in a feed brine of which nothing is said, and
/// sketch.assumed. How feeds divide is told by divisions_in().
std::vector<Sketch::Assumed> assumed_in(const Sketch&);

/// What parameters may be taken for, of those that have such a value and are not assumed yet; paths as "E1.wear_voltage". What
/// nothing tells of one unit is taken for all of its model that have the same meters: where one stands at a limit, as an efficiency
/// of 1, it looks as if something told it.
std::vector<Sketch::Assumed> assumable(const Sketch&, const std::vector<std::string>& untold);

/// First values for solvers: the means of meters that the plant can have, of each quantity one.
/// @param plant  as read of the sketch
std::vector<std::pair<std::string, std::string>> starts_in(const Sketch&, const plant::Plant& plant);

}  // namespace castner::plant_file
