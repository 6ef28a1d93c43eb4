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
