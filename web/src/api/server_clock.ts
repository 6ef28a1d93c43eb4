// SPDX-License-Identifier: Apache-2.0
// The server's time: ages on the screen do not depend on this machine's clock.

let ahead = 0 // ms the server's clock is ahead of this machine's

/** The server's time [ms]. */
export const serverNow = (): number => Date.now() + ahead

/** Sets the clock by a time that the server has just said [RFC 3339]. */
export function setServerClock(time: string): void {
  ahead = Date.parse(time) - Date.now()
}
