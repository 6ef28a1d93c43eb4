// SPDX-License-Identifier: Apache-2.0

/** A number with its uncertainty and its unit, as the server writes them. */
const NUMBER = /([−-]?\d[\d.,]*(?: ± [\d.,]+)?(?: (?:%|°C|K|m?V|[kM]?W|k?A|ppm|kPa|[ktg]+\/h|m³\/h|mV\/[adh]|d|h|min|s)(?![\w/])))/

/** A sentence of the server: what it has between backticks, a command or a key, is shown as code; a number keeps its unit beside it. */
export function Prose({ text }: { text: string }) {
  return <>{text.split(/`([^`]+)`/).map((part, k) => (k % 2 ? <code key={k}>{part}</code> : <Numbers key={k} of={part} />))}</>
}

const Numbers = ({ of }: { of: string }) => (
  <>
    {of.split(NUMBER).map((part, k) =>
      k % 2 ? (
        <span key={k} class="nowrap">
          {part}
        </span>
      ) : (
        part
      ),
    )}
  </>
)
