// SPDX-License-Identifier: Apache-2.0
/// Turns what OPC UA delivers for a node into a sample that Sparkplug can carry: value, type, source time, status code.
import { DataType, VariantArrayType } from "node-opcua";
import { Type } from "./sparkplug.mjs";

/** OPC UA status codes that the gateway itself gives (OPC 10000-6, StatusCode.csv). */
export const Status = Object.freeze({
  good: 0,
  noCommunication: 0x80310000, // BadNoCommunication: the server is gone or its subscription silent
  waiting: 0x80320000, // BadWaitingForInitialData: subscribed, nothing has come yet
  notSupported: 0x803d0000, // BadNotSupported: an array or a structure; the gateway carries scalars
});

const LATEST = Date.UTC(2262, 0, 1); // what nanoseconds in 64 bits reach, in which Castner counts

const TYPES = {
  [DataType.Boolean]: Type.Boolean,
  [DataType.SByte]: Type.Int8,
  [DataType.Byte]: Type.UInt8,
  [DataType.Int16]: Type.Int16,
  [DataType.UInt16]: Type.UInt16,
  [DataType.Int32]: Type.Int32,
  [DataType.UInt32]: Type.UInt32,
  [DataType.Int64]: Type.Int64,
  [DataType.UInt64]: Type.UInt64,
  [DataType.Float]: Type.Float,
  [DataType.Double]: Type.Double,
  [DataType.String]: Type.String,
  [DataType.LocalizedText]: Type.String,
  [DataType.DateTime]: Type.DateTime,
};

function plain(dataType, value) {
  if (dataType === DataType.Int64) return BigInt.asIntN(64, (BigInt(value[0]) << 32n) | BigInt(value[1]));
  if (dataType === DataType.UInt64) return (BigInt(value[0]) << 32n) | BigInt(value[1]);
  if (dataType === DataType.DateTime) return Number.isFinite(value.getTime()) ? BigInt(value.getTime()) : null;
  if (dataType === DataType.LocalizedText) return value.text ?? "";
  return value;
}

/** A time that Sparkplug can carry: a server may send any 64 bits. */
const usable = (time) => Number.isFinite(time) && time > 0 && time < LATEST;

/**
 * {time [ms], type, value, status} of a DataValue. The time is the source's; where the server gives none that can be, the server's;
 * else now. type is undefined where the value does not tell one.
 */
export function toSample(dataValue, now) {
  const time = [dataValue.sourceTimestamp, dataValue.serverTimestamp].map((t) => t?.getTime()).find(usable) ?? now;
  const status = dataValue.statusCode?.value ?? Status.good;
  const variant = dataValue.value;
  if (!variant || variant.dataType === DataType.Null || variant.value === null || variant.value === undefined)
    return { time, type: variant ? TYPES[variant.dataType] : undefined, value: null, status };
  const type = TYPES[variant.dataType];
  if (type === undefined || variant.arrayType !== VariantArrayType.Scalar)
    return { time, type: undefined, value: null, status: Status.notSupported };
  return { time, type, value: plain(variant.dataType, variant.value), status };
}

/** Same value (NaN equals NaN, 0 does not equal -0) and same status. */
export const sameReading = (a, b) => a.status === b.status && Object.is(a.value, b.value);
