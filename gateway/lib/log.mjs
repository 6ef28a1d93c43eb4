// SPDX-License-Identifier: Apache-2.0
/// One line per event on standard error, written as castner itself writes them (castner/base/log.h).

const plain = /^[^\s"=\u0000-\u001f]+$/;

/** `log("warning", "opcua_lost", {endpoint, silent_s: 7})`; null and undefined fields are left out. */
export function log(level, event, fields = {}) {
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [key, String(value instanceof Error ? value.message : value)])
    .map(([key, text]) => `${key}=${plain.test(text) ? text : JSON.stringify(text)}`);
  process.stderr.write([new Date().toISOString(), level, event, ...words].join(" ") + "\n");
}
