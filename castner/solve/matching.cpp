// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/matching.h"

#define NCOMPLEX  // no complex matrices
#include <cs.h>

#include <algorithm>
#include <memory>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr int kInOrder = 0;  // CXSparse's seed: columns are matched in their own order, so that answers repeat

/// The pattern as CXSparse takes it, which wants non-const pointers but only reads.
cs_di view(const SparsePattern& p) {
  return {p.nonzeros(), p.rows, p.cols, const_cast<int*>(p.start.data()), const_cast<int*>(p.row.data()), nullptr, -1};
}

std::vector<int> sorted(const int* from, const int* to) {
  std::vector<int> list(from, to);
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace

std::vector<int> match(const SparsePattern& p) {
  const cs_di a = view(p);
  // The column of each row, then the row of each column.
  const std::unique_ptr<int, decltype(&cs_di_free)> pairs(cs_di_maxtrans(&a, kInOrder), &cs_di_free);
  check(pairs != nullptr, "CXSparse has memory for a matching");
  return {pairs.get() + p.rows, pairs.get() + p.rows + p.cols};
}

Coarse decompose(const SparsePattern& p) {
  const cs_di a = view(p);
  const std::unique_ptr<cs_did, decltype(&cs_di_dfree)> d(cs_di_dmperm(&a, kInOrder), &cs_di_dfree);
  check(d != nullptr, "CXSparse has memory for a decomposition");
  // Davis 2006, section 7.4: permuted by d->p and d->q, rows rr[0] to rr[1] and columns cc[0] to cc[2] are the
  // under-determined part, rows rr[2] to rr[4] and columns cc[3] to cc[4] the over-determined one.
  return {.structural_rank = d->rr[3],
          .over_rows = sorted(d->p + d->rr[2], d->p + d->rr[4]),
          .over_columns = sorted(d->q + d->cc[3], d->q + d->cc[4]),
          .under_rows = sorted(d->p + d->rr[0], d->p + d->rr[1]),
          .under_columns = sorted(d->q + d->cc[0], d->q + d->cc[2])};
}

}  // namespace castner::solve
