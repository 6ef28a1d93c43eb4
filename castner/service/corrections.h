// SPDX-License-Identifier: Apache-2.0
/// Readings that say otherwise than what the historian has of their tag and time.
#pragma once

#include <span>

#include "castner/historian/store.h"
#include "castner/sources/source.h"

namespace castner::service {

/// Of readings that are about to be kept. What cannot be read, and more than a few million between the first and the last of a tag, is not
/// looked at: the answer is for people, and the later reading counts whatever it says.
sources::Corrections corrections(const historian::Store&, std::span<const readings::TagReading>);

}  // namespace castner::service
