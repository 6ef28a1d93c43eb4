// SPDX-License-Identifier: Apache-2.0
/// Wall time (Date.now) stands on readings and messages. How long something has been or shall wait is counted by uptime, because
/// nobody sets it forward or back.

/** [ms] since this process began; only ever grows. */
export const uptime = () => performance.now();
