// SPDX-License-Identifier: Apache-2.0
/// The smallest plant with a balance: one stream in, two out, a flow meter on each.
#pragma once

namespace castner::testing {

/// FI-101 in, FI-102 and FI-103 out, in t/h, sd 0.2, 0.1 and 0.1: of what does not close, 4/6, 1/6 and 1/6 fall to them.
/// Assessed in windows of 2 min of at least 20 rows; a silence of more than 10 s is a gap.
inline constexpr const char* kMeteredNode = R"(
[plant]
name = "Test plant"
currency = "CNY"
[[unit]]
name = "N1"
model = "node"
inlets = ["S1"]
outlets = ["S2", "S3"]
[[measurement]]
tag = "FI-101"
of = "S1.flow_mass"
unit = "t/h"
sd = 0.2
[[measurement]]
tag = "FI-102"
of = "S2.flow_mass"
unit = "t/h"
sd = 0.1
[[measurement]]
tag = "FI-103"
of = "S3.flow_mass"
unit = "t/h"
sd = 0.1
[assess]
window = "2 min"
min_rows = 20
max_gap = "10 s"
)";

}  // namespace castner::testing
