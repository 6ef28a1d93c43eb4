// SPDX-License-Identifier: Apache-2.0
/// Opens a session on an OPC UA server: plain, signed, or signed and encrypted; anonymous or with user and password.
///
/// Certificates live in a folder of the gateway's own (`certificates`), never in HOME: own/ is its key and certificate,
/// a server's certificate that is not yet trusted lands in rejected/, and a person moves it to trusted/certs/.
import fs from "node:fs";
import os from "node:os";
import {
  DataTypeExtractStrategy,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  UserTokenType,
} from "node-opcua";
import { makeValidUnderAnyClock, setBrokenAside } from "./own_certificate.mjs";

const MODES = { none: MessageSecurityMode.None, sign: MessageSecurityMode.Sign, sign_and_encrypt: MessageSecurityMode.SignAndEncrypt };
const LIMIT = 15000; // [ms] for any one request

function identity({ user, password_file: file }) {
  if (!user) return { type: UserTokenType.Anonymous };
  return { type: UserTokenType.UserName, userName: user, password: file ? fs.readFileSync(file, "utf8").replace(/\r?\n$/, "") : "" };
}

/** {session, close()}, or an Error in plain words. `settings` is [opcua] of gateway.toml. */
export async function connect(settings, log) {
  const secure = settings.security !== "none";
  setBrokenAside(settings.certificates, log);
  // Made for each connection, so that a certificate moved to trusted/ counts at the next one.
  const certificates = new OPCUACertificateManager({
    rootFolder: settings.certificates,
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  });
  await certificates.initialize();
  makeValidUnderAnyClock(certificates);
  const client = OPCUAClient.create({
    applicationName: "Castner gateway",
    applicationUri: `urn:${os.hostname()}:castner-gateway`,
    clientName: "castner-gateway",
    clientCertificateManager: certificates,
    securityMode: MODES[settings.security],
    securityPolicy: secure ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None,
    endpointMustExist: false, // servers behind another name than the one they were configured with
    dataTypeExtractStrategy: DataTypeExtractStrategy.Lazy, // no walk through the server's types: scalars need none
    keepSessionAlive: false, // the subscription speaks often enough
    requestedSessionTimeout: 60000,
    defaultTransactionTimeout: LIMIT,
    transportTimeout: LIMIT,
    connectionStrategy: { maxRetry: 1, initialDelay: 250, maxDelay: 2000 }, // and a lost connection is mended without end
  });
  client.on("connection_lost", () => log("warning", "opcua_connection_lost", { endpoint: settings.endpoint }));
  client.on("connection_reestablished", () => log("info", "opcua_connection_again", { endpoint: settings.endpoint }));
  const close = async () => {
    await client.disconnect().catch(() => {}); // what is gone cannot say goodbye
    await certificates.dispose();
  };
  try {
    await client.connect(settings.endpoint);
    const session = await client.createSession(identity(settings));
    return { session, close };
  } catch (error) {
    await close();
    const untrusted = /BadCertificateUntrusted|not been trusted|BadSecurityChecksFailed/i.test(error.message);
    throw new Error(
      error.message.replace(/\s+/g, " ").trim().slice(0, 200) +
        (untrusted && secure
          ? `; if you trust the server, move its certificate from ${settings.certificates}/rejected to ${settings.certificates}/trusted/certs, and have the server trust ${settings.certificates}/own/certs`
          : ""),
    );
  }
}
