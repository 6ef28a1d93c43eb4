// SPDX-License-Identifier: Apache-2.0
/// The key and the certificate by which a program of OPC UA says who it is. node-opcua makes them once; what a full disk or a kill left
/// half written it takes for whole, and fails for ever.
import { createPrivateKey, X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const readable = (file, parse) => {
  try {
    parse(fs.readFileSync(file));
    return true;
  } catch (error) {
    return error.code === "ENOENT"; // made when it is needed
  }
};

const VALID_FROM = new Date("2020-01-01T00:00:00Z");
const VALID_DAYS = 29 * 365; // into 2048

/**
 * The certificate that these will make is valid from a day before any clock's "now". From the moment it is made, as node-opcua has it, one that
 * was made under a clock ahead of time would be worth nothing once the clock is right, and servers trust it by hand.
 */
export function makeValidUnderAnyClock(certificates) {
  const make = certificates.createSelfSignedCertificate.bind(certificates);
  certificates.createSelfSignedCertificate = (asked) => make({ ...asked, startDate: VALID_FROM, validity: VALID_DAYS });
}

/** Moves `folder`/own to own.broken if its key or a certificate cannot be read, so that new ones are made. */
export function setBrokenAside(folder, log) {
  const own = path.join(folder, "own");
  const certificates = fs.existsSync(path.join(own, "certs"))
    ? fs.readdirSync(path.join(own, "certs")).filter((name) => name.endsWith(".pem"))
    : [];
  const broken = [
    ...[path.join(own, "private/private_key.pem")].filter((file) => !readable(file, createPrivateKey)),
    ...certificates.map((name) => path.join(own, "certs", name)).filter((file) => !readable(file, (pem) => new X509Certificate(pem))),
  ];
  if (broken.length === 0) return;
  fs.rmSync(own + ".broken", { recursive: true, force: true });
  fs.renameSync(own, own + ".broken");
  log("warning", "own_certificate_made_anew", { broken: broken.join(", "), kept_in: own + ".broken" });
}
