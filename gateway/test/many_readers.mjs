// SPDX-License-Identifier: Apache-2.0
/// For tests/integration/opcua_rubbish.py: many of the gateway's readers in one process, with its care for malformed messages and without
/// its patience, so that thousands of them meet a reader in a minute: node many_readers.mjs HOW_MANY ENDPOINT FOLDER
import { log } from "../lib/log.mjs";
import { surviveMalformedMessages } from "../lib/opcua_faults.mjs";
import { OpcuaReader } from "../lib/opcua_reader.mjs";

const [howMany, endpoint, certificates] = process.argv.slice(2);
const settings = { endpoint, certificates, security: "none", sampling: 0.1, publishing: 0.1, check: 0.5 };
const patience = { first: 20, most: 100, mend: 500 };
let said = 0;
const quiet = (level, event, fields) => {
  if (said++ < 200) log(level, event, fields); // else the log is the load
};
const readers = Array.from({ length: Number(howMany) }, () => {
  const options = { log: quiet, deliver: () => {}, onTypes: () => {}, patience };
  return new OpcuaReader(settings, [{ id: "ns=1;s=PI-3001", metric: "PI-3001" }], options);
});
surviveMalformedMessages(log, () => readers.forEach((reader) => reader.renew("a malformed message")));
for (const reader of readers) reader.start();
