// SPDX-License-Identifier: Apache-2.0
// Made from api/openapi.yaml by `npm run types`; do not edit.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server takes and keeps readings
         * @description 200 while the historian takes readings and the file of accounts and audit trail is whole; 503 with `storage` or `records` while not. Tells nothing else, so it needs no sign-in.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters of the server, as Prometheus reads them
         * @description Names start with `castner_`. Needs the role viewer, by a token, but on an open server.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The first page in one answer
         * @description Load, the last balance, energy per tonne now and the day before, what needs attention, how the data are.
         */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The flow picture with its newest values
         * @description Units, streams and ports of the plant file with places for a drawing, and for each the values of the last good balance. All of
         *     it is null or empty without a plant file; values are null before the first balance.
         */
        get: operations["plant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/energy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each kilowatt-hour and each tonne of steam goes, in money */
        get: operations["energy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every cell of the cell room, what is wrong with which, and which to exchange
         * @description As `castner cells --json` says it of a file, live: voltages at `reference`, excess power, findings with their sentences, the exchange
         *     plan. Cells stand electrolyser by electrolyser, cell 1 first. 404 (`code` no_cells) where castner.toml names no cells.toml.
         */
        get: operations["cells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cells/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One number of every cell as it was at a time
         * @description `voltage` from the history at that time; `standard_voltage` and `excess_power` as far back as the server has kept them by the hour. null where there is none.
         */
        get: operations["cells_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cells/one": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is known of one cell */
        get: operations["cell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cells/service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who exchanged what of which cell, and when */
        get: operations["cells_service"];
        put?: never;
        /**
         * Writes down an exchange; the cell starts anew from then
         * @description Role engineer. Stands in the audit trail. What was seen of the cell since counts as the new part's: a fault that began after that had run for two hours stays. `when` lies between 1900, or what cells.toml says of the part, and now.
         */
        post: operations["add_cell_service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest balance
         * @description `assessment` is the document that `castner assess --json` writes (docs/formats/json.md), of one window: the newest. Which one:
         *     `good`, the newest that was steady and converged, or `last`, the newest attempt. Null before there is one.
         */
        get: operations["reconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reconciles the newest window now
         * @description Role operator. Answers when it is done, with the newest attempt, good or not.
         */
        post: operations["assess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the balances of the past have come */
        get: operations["past"];
        put?: never;
        /**
         * Makes balances of windows in the past
         * @description Role engineer. Of readings that are in the history already: an export that was pushed, or a time in which the server did not run. The
         *     windows of the plant file from `from` to `to`, the newest first, each with the same tags reconciled: and indicator: as a live one. A window that
         *     has a balance keeps it, so a request that was cut short (by a restart, by DELETE) is made again and goes on. It waits for the first live
         *     balance, has the lowest priority (nice 19) and takes at most half of one core.
         */
        post: operations["askPast"];
        /**
         * Makes no more balances of the past
         * @description Role engineer. Those that were made stay.
         */
        delete: operations["stopPast"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/start/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a data file is taken for
         * @description The body is the file, CSV or XLSX, as it is; it is not kept. What is wrong with it is told as on the command
         *     line, in `problems`. `guess` is what `castner new` would write.
         *
         *     With `Accept: text/event-stream` the answer is a stream: `progress` ({StartProgress}) about twice a second while it changes, then `answer`
         *     ({"en": StartRead, "zh": StartRead}) or `problem` (an RFC 9457 document), and the stream ends. The work is stopped when the connection is closed,
         *     which is how to cancel it. Four files are worked on at once, three of one person, and 16 wait; beyond that the answer is 503.
         */
        post: operations["startRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/start/plant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The plant file of a sketch
         * @description A pipe's end is a unit, a unit with its port (E1.anolyte), the port of every unit of a model (every electrolyser.anolyte), or empty for outside. Where several pipes meet at a port, the plant file mixes and divides them. What is wrong with the plant is in `problems`, with the line of the plant file.
         */
        post: operations["startPlant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/start/assess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The balance of a plant file and a data file
         * @description The body is the plant file, then the data file; `plant` is the length of the first in bytes. The answer is that of `castner assess`, and its
         *     report. Nothing is kept. `Accept: text/event-stream`, how many at once, and what stops the work are as for `start/read`.
         */
        post: operations["startAssess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/start/plants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a plant file on the server
         * @description Role engineer. NAME.toml beside castner.toml, where no file of that name is. [plant] file = in castner.toml has the server use it.
         */
        post: operations["startSave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each source and each of its tags is */
        get: operations["sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When each tag was silent, and why
         * @description As it was recorded. Of a reconciled value or an indicator that is named (at most 50) it is where no balance gave one: between two points in
         *     the range that are further apart than one and a half windows, than one and a half times the shorter distance beside them (live balances
         *     come once a minute, and the window may have been another), and than a thousandth of the range: a curve of it cannot show a shorter gap.
         */
        get: operations["gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every tag that has a history
         * @description `kind`: measured (an instrument's), reconciled and reconciled_sd (written by the server after each balance, SI), indicator and
         *     indicator_sd. `unit` is the tag's own; `si_unit` what `units=si` gives, null where the unit is none that Castner knows.
         *     `of` is the plant's path it measures or estimates, null where it is in no plant file. `decimals` is what a reading shows in `unit`:
         *     one digit of its instrument's sd. `description` says what it is; `area`, `plant_unit` and `quantity` are its place in the plant. All of
         *     them are null for a tag that no plant file knows.
         */
        get: operations["tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest reading of each tag */
        get: operations["latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What tags said from one time to another
         * @description Three ways. `points=N`: a curve to draw of at most N points a tag, which keeps every peak. `bucket=1min` with
         *     `aggregate=mean,min,max`: sums by equal stretches of time that start at `from`. Neither: the readings themselves, at most
         *     `limit` a tag, the earliest; where there are more, `next` is the time to go on `from`.
         *
         *     At most 50 tags, 10000 points, 100000 buckets or readings a tag, and 1000000 numbers altogether.
         *
         *     `Accept: text/csv` answers CSV: UTF-8 with a byte order mark, commas, CRLF, units in the headers, one line a time, in the tags'
         *     own units unless `units=si`; texts that a spreadsheet would run as a formula have an apostrophe before them.
         */
        get: operations["history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as server-sent events
         * @description Stays open. Events: `latest` (as GET latest, only what changed of the tags asked for, at most once a second; the first holds
         *     all; none where no tag is asked for), `reconciliation` (`{"made","from","to","status","not_reconciled"}`: fetch what you show), `sources` (as GET overview's
         *     `sources` and `tags`, when they change). A comment line every 15 s shows that the line stands. A reader that does not keep up
         *     is dropped; a browser comes back by itself. The stream also ends when the session does.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/write": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes readings in InfluxDB line protocol
         * @description Role engineer. 204 means: every reading is on the disk. On any other answer none or some of them may be; sending the same again
         *     is harmless, for a repeated reading is kept once. `Content-Encoding: gzip` is understood. The tag a line goes to
         *     is told in docs/formats/push.md. Names that start with `reconciled:` or `indicator:` belong to the server and are refused.
         */
        post: operations["write"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes readings in JSON
         * @description As POST write. `time` is RFC 3339 or whole nanoseconds since 1970, the time of arrival where it is left out; quality is good where
         *     it is left out; a value of null is bad. Many of one tag are shorter as `series` (docs/formats/push.md).
         */
        post: operations["samples"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description Answers everyone. Name and role are null where nobody is signed in; `open` says that reading needs no sign-in here.
         */
        get: operations["who_am_i"];
        put?: never;
        /**
         * Signs in
         * @description Sets the cookie `castner_session` (HttpOnly, SameSite=Strict; Secure with TLS, of a proxy too), a new one each time. An account has at most 50
         *     sessions; one more ends the one that was not used for longest. After repeated failures for one
         *     name from one address, or from one address, the next attempt must wait, longer each time: 429 with Retry-After. The cookie
         *     `castner_device` opens nothing; with it the next sign-in does not wait behind strangers.
         */
        post: operations["sign_in"];
        /** Signs out */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes one's own password
         * @description Every other session of that account ends.
         */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has an account
         * @description Role administrator.
         */
        get: operations["accounts"];
        put?: never;
        /**
         * Makes an account
         * @description Role administrator. A password has 10 to 256 bytes; a name 1 to 64 letters, digits, and . _ - @.
         */
        post: operations["add_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the account
                 * @example wang.fang
                 */
                name: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes an account
         * @description Role administrator. Its sessions end; the audit trail keeps its name.
         */
        delete: operations["delete_account"];
        options?: never;
        head?: never;
        /**
         * Changes a role or password, or disables the account
         * @description Role administrator. What is left out stays. The account's sessions end. The last administrator cannot be disabled or given another role.
         */
        patch: operations["change_account"];
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which programs have a token
         * @description Role administrator. The tokens themselves are not kept, only their hashes.
         */
        get: operations["tokens"];
        put?: never;
        /**
         * Makes a token for a program
         * @description Role administrator. The token is in this answer and nowhere else. No token may be administrator.
         */
        post: operations["add_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes the old readings whose deletion waits
         * @description Role administrator. The rules of `[[retention]]` delete about as much each hour as has become too old since; what would be more than a
         *     day's worth at once waits for this word, or for the clock to have run for a week unset.
         */
        post: operations["delete_what_waits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the token
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Makes a token worthless
         * @description Role administrator. At once.
         */
        delete: operations["delete_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved views of trends: one's own and those that others share */
        get: operations["views"];
        put?: never;
        /**
         * Keeps a view; one of the same name and owner is replaced
         * @description Sharing needs the role operator.
         */
        post: operations["keep_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the view
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a view of one's own; an administrator any shared one */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Marks on the time axis: a stop, an exchange, a difficulty, a note by a person */
        get: operations["marks"];
        put?: never;
        /**
         * Writes a mark
         * @description Role operator.
         */
        post: operations["add_mark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/marks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the mark
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a mark of one's own; an administrator any
         * @description Role operator.
         */
        delete: operations["delete_mark"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, and when
         * @description Role administrator. Newest first. Each entry holds the hash of the one before, so that a change or a hole in the middle shows;
         *     `intact` says whether the whole trail still fits. `detail` "+37" of signing in, refused or out: 37 more of that name within ten minutes
         *     (with no name: of refused sign-ins of all names). `trail.lost` counts entries that a full disk had no room for and memory neither.
         */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: date-time */
        Time: string;
        /** Format: date-time */
        OptionalTime: string | null;
        Number: number | null;
        OptionalText: string | null;
        /** @enum {string} */
        Role: "viewer" | "operator" | "engineer" | "administrator";
        /** @enum {string} */
        HealthName: "ok" | "late" | "down";
        /** @enum {string} */
        Quality: "good" | "uncertain" | "bad";
        /** @description A number; a text; true or false. Null where it is not a number; `not_finite` beside it then says NaN, Infinity or -Infinity */
        Value: number | string | boolean | null;
        Amount: {
            value: components["schemas"]["Number"];
            sd: components["schemas"]["Number"];
            unit: string;
        };
        Plain: {
            value: components["schemas"]["Number"];
            unit: string;
        };
        Amounts: {
            [key: string]: components["schemas"]["Amount"];
        };
        Plains: {
            [key: string]: components["schemas"]["Plain"];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Language-free, where a program may want to tell this refusal from others: no_cells */
            code?: string;
            detail: string;
            problems: {
                where: string;
                what: string;
                cure: string;
            }[];
            /** @description Where the server asks back: what may be chosen from. `sheet` of a workbook; `data_unit`, the unit of the tag `name` in the data file; `dates`, the order of dates such as 01/02/2026 */
            choices?: {
                /** @enum {string} */
                of: "sheet" | "data_unit" | "dates";
                name: string;
                options: string[];
            }[];
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "storage" | "records";
            /** @description An unusual deletion of old readings waits for an administrator's word */
            deletion_waits: boolean;
        };
        Finding: {
            /** @description That show it in a trend */
            tags: string[];
            /** @description Of the units that it is about */
            stops: components["schemas"]["Stop"][];
            /** @description From units.contradicted, which stands before it: without the word of a key or a tag that readings contradict it is not there */
            follows: boolean;
            /** @description Of a loss: suspected instruments and units without whose errors less than half of it would be left, or nothing clear; then it counts in no sum of money */
            rests_on: string[];
            /** @description Of a loss: the balances that it is computed from do not close, so it is no fact and counts in no sum of money */
            balances_open: boolean;
            code: string;
            /** @enum {string} */
            severity: "info" | "warning" | "critical";
            title: string;
            /** @description What to do; may be empty */
            next: string;
            path: string;
            cost_per_day: components["schemas"]["Amount"];
            evidence: {
                path: string;
                value: components["schemas"]["Number"];
                sd: components["schemas"]["Number"];
                unit: string;
                text: string;
            }[];
        };
        /** @description When a unit was out of service; from null, since before anything is known of it; to null, it is still */
        Stop: {
            unit: string;
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
        };
        UnitState: {
            unit: string;
            /** @description Out of service */
            idle: boolean;
            /** @description When it was stopped, or started again; null where that lies before what is known */
            since: components["schemas"]["OptionalTime"];
            /** @description Of the last week, the one that lasts among them */
            stops: components["schemas"]["Stop"][];
        };
        /** @description By health of the sources' tags; without_source, those of the plant file that no source brings */
        TagCounts: {
            total: number;
            ok: number;
            late: number;
            down: number;
            without_source: number;
        };
        SourceCounts: {
            ok: number;
            late: number;
            down: number;
        };
        /**
         * @description Why the newest attempt has no balance; null where it has
         * @enum {string|null}
         */
        NotReconciled: "no_plant" | "no_data" | "not_steady" | "at_rest" | "too_short" | "solver" | "historian" | "configuration" | "fault" | null;
        StartRead: {
            file: string;
            /** @description In words: format, encoding, delimiter, shape */
            taken_as: string;
            /** @description In words: by what the times of the file were understood */
            time_zone: components["schemas"]["OptionalText"];
            /** @description The zone, Europe/Berlin or +08:00, in which from, to and gaps are given: that of the header, else the one sent along, else the offset of the file's times, else UTC; null of a file without times */
            clock: components["schemas"]["OptionalText"];
            rows: number;
            /** @description Cells that are no number */
            bad_texts: number;
            notes: string[];
            /** @description Of a workbook the one that was read */
            sheet: components["schemas"]["OptionalText"];
            /** @description Of a workbook those that are not hidden */
            sheets: string[];
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            step_seconds: components["schemas"]["Number"];
            /** @description Silences of all tags longer than five steps */
            gap_count: number;
            /** @description The first twenty */
            gaps: {
                from: components["schemas"]["Time"];
                to: components["schemas"]["Time"];
            }[];
            /** @description Settings of [assess] that fit the data, as castner new writes them */
            windows: {
                window: string;
                max_gap: string;
                min_rows: number;
                /** @enum {string} */
                between: "" | "hold";
            };
            columns: components["schemas"]["StartColumn"][];
            /** @description Of which the columns speak: an electrolyser by its current and voltage, its rectifier by its power */
            units: {
                /** @description As guess.name of its meters */
                name: string;
                model: string;
                feeds: string[];
            }[];
            models: components["schemas"]["StartModel"][];
            contents: {
                name: string;
                title: string;
                quantities: components["schemas"]["StartQuantity"][];
            }[];
        };
        StartProgress: {
            /** @enum {string} */
            state: "waiting" | "running";
            /** @description In line before it */
            before: number;
            /** @description Windows of a balance that were looked at */
            looked_at: number;
            /** @description In all; 0 while the file is read */
            windows: number;
        };
        StartQuantity: {
            name: string;
            /** @description In words */
            title: string;
        };
        StartColumn: {
            tag: string;
            unit: components["schemas"]["OptionalText"];
            unit_known: boolean;
            /** @description The header says that the pressure counts from vacuum: MPa(a) */
            absolute: boolean;
            /** @description Names of the quantities that have such a unit, the likeliest first; empty where the unit is not known */
            may_be: string[];
            /** @description Good ones */
            readings: number;
            bad: number;
            mean: components["schemas"]["Number"];
            low: components["schemas"]["Number"];
            high: components["schemas"]["Number"];
            guess: {
                /** @description Of the pipe, or of the unit */
                name: string;
                of_unit: boolean;
                quantity: string;
                sd: string;
                /** @enum {string} */
                by: "unit" | "name" | "letter" | "nothing";
            };
        };
        StartModel: {
            name: string;
            /** @description Any number of pipes in and out */
            many: boolean;
            ports: {
                name: string;
                inlet: boolean;
                optional: boolean;
            }[];
            /** @description What its meters may measure beside its pipes */
            quantities: components["schemas"]["StartQuantity"][];
            /** @description Of a rectifier, the model of the units that it feeds; null of others */
            feeds: components["schemas"]["OptionalText"];
            /** @description Parameters that must be given */
            required: components["schemas"]["StartParameter"][];
            /** @description Parameters that may be given */
            optional: components["schemas"]["StartParameter"][];
        };
        StartParameter: {
            name: string;
            unit: string;
            /** @description What it is, and what holds without it */
            about: string;
        };
        Sketch: {
            name: string;
            currency?: string;
            data_file?: string;
            window?: string;
            max_gap?: string;
            min_rows?: number;
            between?: string;
            /** @description Keys of [economics] in the plant file. A bare number is in `currency` per kW.h or t, of auxiliaries in kW.h/t, of hours_per_year in hours */
            economics?: {
                electricity?: string;
                steam?: string;
                auxiliaries?: string;
                hours_per_year?: string;
            };
            /**
             * @description How electrolysers share a feed of which no meter tells it (`divisions` of the answer); by_current where it is left out
             * @enum {string}
             */
            divided?: "by_current" | "unknown";
            units: {
                name: string;
                model: string;
                parameters?: {
                    [key: string]: string;
                };
                /** @description Of a rectifier, its electrolysers */
                feeds?: string[];
            }[];
            pipes: {
                name: string;
                from: string;
                to: string;
                contents?: string;
            }[];
            meters: {
                tag: string;
                of: string;
                unit?: string;
                sd?: string;
                /** @description In which data files have it, where the header was asked back */
                data_unit?: string;
                /** @description Of its readings, in unit: where solvers start */
                mean?: components["schemas"]["Number"];
            }[];
        };
        StartPlant: {
            /** @description The text of plant.toml */
            plant: string;
            problems: {
                where: string;
                what: string;
                cure: string;
            }[];
            /** @description How many independent checks the meters give each other; null while there are problems, or where `advice` says why it could not be found */
            redundancy: number | null;
            /** @description Tags that no other meter checks */
            unchecked: string[];
            /** @description These in a sentence, as the balance says it; null where there are none */
            unchecked_words: components["schemas"]["OptionalText"];
            advice: components["schemas"]["OptionalText"];
            /** @description What the plant file assumes because no meter tells it, a sentence each */
            assumed: string[];
            /** @description What flows in each pipe of the sketch, and who says so: somebody, its ends, or the words in its tags */
            pipes: {
                name: string;
                contents: components["schemas"]["OptionalText"];
                title: components["schemas"]["OptionalText"];
                /** @enum {string|null} */
                by: "picked" | "ends" | "tags" | null;
                /** @description Where two are possible and nothing decides, as for a feed of a mixer of caustic: water, or caustic */
                may_be: components["schemas"]["StartQuantity"][];
            }[];
            /** @description What to know of a meter where its place is picked: what it is taken for, or why it is not used */
            meter_notes: {
                tag: string;
                text: string;
            }[];
            /** @description Feeds of which no meter tells how they divide over several electrolysers, and what is taken for it */
            divisions: {
                /** @enum {string} */
                feed: "brine" | "caustic";
                units: string[];
                text: string;
            }[];
        };
        StartAnswer: {
            /** @enum {string} */
            health: "ok" | "look" | "act" | "cannot_tell";
            period: string;
            windows: number;
            steady: number;
            reconciled: number;
            unsteady_tags: string[];
            unknown_columns: string[];
            sentences: string[];
            findings: {
                /** @enum {string} */
                severity: "info" | "warning" | "critical";
                title: string;
                /** @description When the units that it is about stood still, in a sentence; null where it tells of none */
                stops: components["schemas"]["OptionalText"];
                next: string;
                /**
                 * @description The key of [economics] for want of which it cannot be told
                 * @enum {string|null}
                 */
                price: "electricity" | "steam" | "auxiliaries" | null;
                /** @description What the meter measures if the finding is right; null where that is no question of it */
                instead: {
                    tag: string;
                    quantity: string;
                    title: string;
                } | null;
            }[];
            instruments: {
                tag: string;
                path: string;
                /** @enum {string} */
                verdict: "agrees" | "wrong" | "one_of_several" | "doubtful" | "hardly_checked" | "unchecked" | "not_used";
                /** @description And why it was not used, in all windows or in those in which its unit was out of service */
                verdict_words: string;
                measured: components["schemas"]["ShownText"];
                reconciled: components["schemas"]["ShownText"];
                adjustment: components["schemas"]["ShownText"];
                in_sd: components["schemas"]["Number"];
                /** @description The smallest error of it that would be seen, four times out of five; no value where nothing checks it */
                smallest_seen: components["schemas"]["ShownText"];
            }[];
            /** @description The report as one HTML page, as castner assess --html writes it */
            report: string;
        };
        /** @description A number in people's units and digits */
        ShownText: {
            value: components["schemas"]["OptionalText"];
            sd: components["schemas"]["OptionalText"];
            unit: string;
        };
        Past: {
            /**
             * @description none: nobody has asked since the start of the server
             * @enum {string}
             */
            state: "none" | "running" | "done" | "stopped" | "failed";
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            /** @description In all */
            windows: number;
            /** @description Of them, the newest first */
            looked_at: number;
            /** @description Had a balance before */
            had_one: number;
            /** @description Have one now */
            balanced: number;
            /** @description No readings, not steady, or no solution */
            without_answer: number;
            error: components["schemas"]["OptionalText"];
        };
        Overview: {
            time: components["schemas"]["Time"];
            plant: components["schemas"]["OptionalText"];
            /** @description The data come from no real plant; castner.toml says so */
            made_up: boolean;
            /** @description Version of the program */
            castner: string;
            load: components["schemas"]["Amount"];
            tags: components["schemas"]["TagCounts"];
            sources: components["schemas"]["SourceCounts"];
            /** @description Of the last good one, but not_reconciled, which is of the newest attempt */
            balance: {
                /** @enum {string|null} */
                status: "converged" | "no_convergence" | "infeasible" | "structurally_singular" | null;
                made: components["schemas"]["OptionalTime"];
                from: components["schemas"]["OptionalTime"];
                to: components["schemas"]["OptionalTime"];
                age_seconds: components["schemas"]["Number"];
                not_reconciled: components["schemas"]["NotReconciled"];
                /** @description Units out of service in it */
                idle: string[];
                /** @description The global test, after removals */
                closes: boolean | null;
                instruments: number | null;
                /** @description Those that others can check */
                checked: number | null;
                /** @description Of these, those that agree, but of which even an error of 8 standard deviations may go unseen */
                hardly_checked: number | null;
                /** @description Those called wrong; of a group of which the data cannot tell the wrong one, one */
                accused: number | null;
                /** @description Limits that the balance leaves, and the like; GET plant lists them */
                warnings: number | null;
            };
            /** @description Units that are out of service, by the newest readings, or were within the last day */
            stopped: components["schemas"]["UnitState"][];
            indicators: components["schemas"]["Amounts"];
            /** @description Means from 48 to 24 hours ago */
            day_before: components["schemas"]["Plains"];
            /** @description What all findings with a price add up to, but those that rest on a suspicion or on balances that do not close */
            avoidable_per_day: components["schemas"]["Amount"];
            /** @description Findings: critical ones, warnings, notes; of each first cells that went bad within a day, then the most money; at most 10, half of them cells */
            attention: components["schemas"]["Finding"][];
            /** @description null where castner.toml names no cells.toml */
            cells: null | components["schemas"]["CellSummary"];
            storage: {
                /** @description Readings of sources on the disk, since the start */
                stored: number;
                /** @description Readings of sources left out since the historian can never keep them, a text in VictoriaMetrics for example */
                refused: number;
                /** @description Why the historian does not take readings now; null where it does */
                error: components["schemas"]["OptionalText"];
                /** @description Why the last change of the records (accounts, sessions, tokens, audit trail) was not kept; null where it was */
                records_error: components["schemas"]["OptionalText"];
                /** @description Old readings whose deletion waits for an administrator's word, since it is more than a day's worth at once; null where none */
                deletion_waits: {
                    readings: number;
                    oldest: components["schemas"]["Time"];
                    /** @description What lies before would go */
                    before: components["schemas"]["Time"];
                } | null;
            };
        };
        PlantFlow: {
            path: string;
            value: components["schemas"]["Number"];
            sd: components["schemas"]["Number"];
            unit: string;
            measured: components["schemas"]["Number"];
            adjustment: components["schemas"]["Number"];
            /** @enum {string|null} */
            class: "redundant" | "nonredundant" | "observable" | "unobservable" | null;
            /** @description It is 0 because a unit is taken as out of service */
            assumed: boolean;
            used: boolean;
            tag: components["schemas"]["OptionalText"];
        };
        PlantUnit: {
            name: string;
            /** @description What people call it: the title in the plant file, else what it is */
            title: string;
            /** @description Whether the plant file gives that title */
            named: boolean;
            /** @description The part of the plant */
            area: string;
            model: string;
            /** @description Out of service in the last good balance */
            idle: boolean;
            /** @description By the newest readings; null where nothing is known of it */
            state: null | components["schemas"]["UnitState"];
            /** @description Its place along the flow, 0 at the feeds; null where no pipe touches it */
            level: number | null;
            /** @description Its place in the drawing; null where no pipe touches it */
            box: {
                x: number;
                y: number;
                width: number;
                height: number;
                /** @description Its title as it stands in the box, else its name */
                lines: string[];
            } | null;
            ports: {
                name: string;
                inlet: boolean;
                stream: string;
            }[];
            /** @description Mass in and out, reconciled, their sds being the sums of the streams' sds, which is the most that they can be; measured where every stream on that side is */
            closure: {
                in: components["schemas"]["Amount"];
                out: components["schemas"]["Amount"];
                measured_in: components["schemas"]["Plain"];
                measured_out: components["schemas"]["Plain"];
            };
            /** @description Its own quantities, by the path after its name */
            values: components["schemas"]["Amounts"];
            indicators: components["schemas"]["Amounts"];
        };
        PlantStream: {
            name: string;
            /** @description The title in the plant file, else made of contents and place */
            title: string;
            /** @description The title, else what flows */
            short_title: string;
            contents: string;
            from: components["schemas"]["OptionalText"];
            to: components["schemas"]["OptionalText"];
            flow: components["schemas"]["PlantFlow"];
            /** @description Its other quantities, by the path after its name */
            values: components["schemas"]["Amounts"];
            /** @description Its way in the drawing, from source to target: a curve through the points, level (upright where drawing.down) at each */
            line: {
                points: number[][];
                /** @description Middle of the words on it */
                label: number[];
                /** @description The short title as it is written there */
                name: string;
                /** @description The name as it is written beside */
                code: string;
                thickness: number;
                backwards: boolean;
            };
        };
        PlantInstrument: {
            tag: string;
            path: string;
            /** @description As the plant file has it, else made of its path */
            description: string;
            /** @description As the plant file gives it; the numbers beside are in si_unit */
            unit: string;
            si_unit: string;
            /** @enum {string|null} */
            verdict: "agrees" | "wrong" | "one_of_several" | "doubtful" | "hardly_checked" | "unchecked" | "not_used" | null;
            measured: components["schemas"]["Number"];
            sd: components["schemas"]["Number"];
            reconciled: components["schemas"]["Number"];
            reconciled_sd: components["schemas"]["Number"];
            adjustment: components["schemas"]["Number"];
            statistic: components["schemas"]["Number"];
            /** @description The smallest error of it that would be seen, four times out of five; null where it is not in use or nothing checks it */
            smallest_seen: components["schemas"]["Number"];
            why_not: components["schemas"]["OptionalText"];
        };
        Plant: {
            name: components["schemas"]["OptionalText"];
            currency: components["schemas"]["OptionalText"];
            made: components["schemas"]["OptionalTime"];
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            drawing: {
                width: number;
                height: number;
                down: boolean;
            };
            units: components["schemas"]["PlantUnit"][];
            streams: components["schemas"]["PlantStream"][];
            instruments: components["schemas"]["PlantInstrument"][];
            warnings: components["schemas"]["Warning"][];
        };
        /** @description A limit that the balance leaves, or what else is to be known of it */
        Warning: {
            /** @description Of the quantity; null where it is about none */
            path: components["schemas"]["OptionalText"];
            value: components["schemas"]["Number"];
            /** @description SI */
            unit: components["schemas"]["OptionalText"];
            limit: components["schemas"]["Number"];
            /** @description Key of the published range or correlation that says so */
            source: components["schemas"]["OptionalText"];
            /** @description A sentence */
            text: string;
        };
        Loss: {
            path: string;
            /** @enum {string} */
            kind: "reversible" | "anode" | "cathode" | "membrane_gap" | "metal" | "current_inefficiency" | "rectifier" | "steam_excess" | "above_best_peer";
            reference: string;
            power: components["schemas"]["Amount"];
            cost_per_year: components["schemas"]["Amount"];
            /** @description As of a finding; in an assessment */
            rests_on?: string[];
            /** @description As of a finding; in an assessment */
            balances_open?: boolean;
        };
        OptionalAmount: null | components["schemas"]["Amount"];
        OptionalPlain: null | components["schemas"]["Plain"];
        /** @enum {string} */
        CellState: "healthy" | "suspect" | "sick" | "unseen";
        CellStates: {
            healthy: number;
            suspect: number;
            sick: number;
            unseen: number;
        };
        /** @enum {string} */
        CellPart: "membrane" | "anode_coating" | "cathode_coating" | "other";
        /** @enum {string} */
        CellMapOf: "voltage" | "standard_voltage" | "excess_power";
        Cell: {
            cell: string;
            electrolyser: string;
            /** @description Counted from 1 */
            number: number;
            /** @description Of its voltage */
            tag: string;
            state: components["schemas"]["CellState"];
            /** @description The last reading */
            voltage: components["schemas"]["OptionalPlain"];
            /** @description At the reference */
            standard_voltage: components["schemas"]["OptionalAmount"];
            u0: components["schemas"]["OptionalAmount"];
            k: components["schemas"]["OptionalAmount"];
            /** @description Above its own level from before anything went wrong, or where it has none above the median of its electrolyser; mean of the last 24 h */
            excess_power: null | {
                value: components["schemas"]["Number"];
                sd: components["schemas"]["Number"];
                unit: string;
                /** @enum {string} */
                against: "own" | "median";
            };
            /** @description Of its excess power */
            cost_per_day: components["schemas"]["OptionalAmount"];
            /** @description Power above the best tenth of its electrolyser */
            above_best: components["schemas"]["OptionalAmount"];
            /** @description Of its membrane */
            age: components["schemas"]["OptionalPlain"];
            ageing: components["schemas"]["OptionalAmount"];
            /** @description Of the open one about it, its place in findings */
            finding: number | null;
        };
        CellFinding: {
            id: number;
            /** @enum {string} */
            code: "cell_sick" | "cell_instrument";
            /** @enum {string} */
            severity: "info" | "warning" | "critical";
            cell: string;
            electrolyser: string;
            tag: string;
            /** @description Names the cell or the tag, and what is probably wrong */
            title: string;
            /** @description Estimate of when it began */
            since: components["schemas"]["Time"];
            detected: components["schemas"]["Time"];
            /** @description When the cell was back at its own level; null while it is not */
            ended: components["schemas"]["OptionalTime"];
            /** @description Of cell_sick; unknown where the data cannot tell */
            cause: components["schemas"]["OptionalText"];
            /** @description The cause or the fault in words */
            cause_text: string;
            /** @description Of the cause; of the likeliest one where it is unknown */
            probability: components["schemas"]["Number"];
            /** @description Likeliest first */
            alternatives: {
                cause: string;
                text: string;
                probability: number;
            }[];
            /** @description Of cell_instrument: dead, stuck, offset, scale, swapped */
            fault: components["schemas"]["OptionalText"];
            /** @description The other tag of a pair */
            with: components["schemas"]["OptionalText"];
            evidence: {
                /** @description With its number */
                text: string;
                value: components["schemas"]["Number"];
                sd: components["schemas"]["Number"];
                unit: string;
            }[];
            /** @description What to do now; may be empty */
            advice: string;
            /** @description What would tell more */
            test: components["schemas"]["OptionalText"];
            /** @description The same in words; may be empty */
            test_text: string;
            cost_per_day: components["schemas"]["OptionalAmount"];
        };
        CellElectrolyser: {
            name: string;
            cells: number;
            states: components["schemas"]["CellStates"];
            /** @description Of its middle cell */
            standard_voltage: components["schemas"]["OptionalAmount"];
            /** @description Share of resistance in it */
            ohmic: components["schemas"]["OptionalAmount"];
            /** @description Share of the electrodes in it */
            electrode: components["schemas"]["OptionalAmount"];
            excess_power: components["schemas"]["OptionalAmount"];
            cost_per_day: components["schemas"]["OptionalAmount"];
            current: components["schemas"]["OptionalPlain"];
            /** @description Dry volume fraction in its chlorine; null where it is not read */
            hydrogen_in_chlorine: null | {
                value: components["schemas"]["Number"];
                sd: components["schemas"]["Number"];
                unit: string;
                /** @description At the present current; null without a trend */
                time_to_limit: components["schemas"]["OptionalAmount"];
            };
        };
        /** @description One line of the exchange plan */
        CellExchange: {
            cell: string;
            electrolyser: string;
            /** @enum {string} */
            what: "membrane" | "anode_coating" | "cathode_coating";
            /**
             * @description Before load is taken again, for safety; in a stop of its own, which pays within a year; in the next stop that there is anyway; not yet
             * @enum {string}
             */
            when: "before_load" | "own_stop" | "next_stop" | "later";
            /** @description A calendar day, of hours_per_year at load */
            saving: components["schemas"]["OptionalAmount"];
            /** @description Of the part, fitted */
            cost: components["schemas"]["OptionalPlain"];
            /** @description Its share of the margin lost in a stop of its own with those beside it */
            standstill: components["schemas"]["OptionalPlain"];
            /** @description With that stop */
            payback: components["schemas"]["OptionalAmount"];
            /** @description In a stop that there is anyway */
            payback_in_a_stop: components["schemas"]["OptionalAmount"];
            /** @description A day */
            cost_of_waiting: components["schemas"]["OptionalAmount"];
        };
        CellRoom: {
            name: string;
            currency: string;
            reference: {
                current_density: number;
                temperature: number;
                /** @description Mass fraction */
                caustic: number;
            };
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            rows: number;
            /** @description Too little has been seen yet to judge every cell */
            learning: boolean;
            /** @description Tags of cells.toml that no history and no source has */
            missing: string[];
            cells: components["schemas"]["Cell"][];
            /** @description Open ones first, worst first */
            findings: components["schemas"]["CellFinding"][];
            electrolysers: components["schemas"]["CellElectrolyser"][];
            /** @description Soonest paid back first */
            replacement: components["schemas"]["CellExchange"][];
            /** @description What befell a scanner or many cells at once, newest first, at most fifty of each electrolyser */
            notes: components["schemas"]["CellNote"][];
        };
        CellNote: {
            /** @enum {string} */
            code: "scanner_hangs" | "moved_together" | "energised_without_current" | "current_without_voltage" | "scanner_silent" | "hydrogen_in_chlorine";
            electrolyser: string;
            /** @description How many hang, or moved: the lesser of the two parts */
            cells: number;
            title: string;
            since: components["schemas"]["Time"];
            detected: components["schemas"]["Time"];
            ended: components["schemas"]["OptionalTime"];
            /** @description What to do; empty where it is over */
            advice: string;
        };
        CellMap: {
            at: components["schemas"]["Time"];
            of: components["schemas"]["CellMapOf"];
            unit: string;
            values: components["schemas"]["Number"][];
        };
        CellDetail: {
            cell: string;
            electrolyser: string;
            /** @description Counted from 1 */
            number: number;
            /** @description Of its voltage */
            tag: string;
            state: components["schemas"]["CellState"];
            /** @description The last reading */
            voltage: components["schemas"]["OptionalPlain"];
            /** @description At the reference */
            standard_voltage: components["schemas"]["OptionalAmount"];
            u0: components["schemas"]["OptionalAmount"];
            k: components["schemas"]["OptionalAmount"];
            /** @description Above its own level from before anything went wrong, or where it has none above the median of its electrolyser; mean of the last 24 h */
            excess_power: null | {
                value: components["schemas"]["Number"];
                sd: components["schemas"]["Number"];
                unit: string;
                /** @enum {string} */
                against: "own" | "median";
            };
            /** @description Of its excess power */
            cost_per_day: components["schemas"]["OptionalAmount"];
            /** @description Power above the best tenth of its electrolyser */
            above_best: components["schemas"]["OptionalAmount"];
            /** @description Of its membrane */
            age: components["schemas"]["OptionalPlain"];
            ageing: components["schemas"]["OptionalAmount"];
            /** @description Of the open one about it, its place in findings */
            finding: number | null;
            /** @description Of this cell, those that ended too */
            findings: components["schemas"]["CellFinding"][];
            /** @description At most two on each side */
            neighbours: {
                cell: string;
                state: components["schemas"]["CellState"];
                standard_voltage: components["schemas"]["OptionalAmount"];
            }[];
            /** @description Means of blocks at different loads since the last renewal, standardised in temperature and strength; at most 200 */
            points: {
                current_density: number;
                voltage: number;
                sd: components["schemas"]["Number"];
                time: components["schemas"]["Time"];
            }[];
            /** @description Its own line, with two standard deviations to either side */
            curve: {
                current_density: number;
                voltage: number;
                low: number;
                high: number;
            }[];
            /** @description Of the middle cell of its electrolyser */
            middle_curve: {
                current_density: number;
                voltage: number;
            }[];
            /** @description The newest first */
            service: components["schemas"]["CellService"][];
        };
        CellService: {
            cell: string;
            what: components["schemas"]["CellPart"];
            /** @description Of the exchange */
            when: components["schemas"]["Time"];
            by: string;
            /** @description When it was written down */
            at: components["schemas"]["Time"];
            note: string;
        };
        /** @description How the cells are, in a few numbers */
        CellSummary: {
            cells: number;
            states: components["schemas"]["CellStates"];
            /** @description Of all sick cells */
            cost_per_day: components["schemas"]["OptionalAmount"];
            /** @description The worst open finding */
            worst: null | components["schemas"]["CellFinding"];
            /** @description Title of the gravest note that lasts, or came within three days */
            note: string | null;
            learning: boolean;
        };
        Energy: {
            made: components["schemas"]["OptionalTime"];
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            currency: components["schemas"]["OptionalText"];
            prices: {
                electricity: components["schemas"]["Plain"];
                steam: components["schemas"]["Plain"];
                hours_per_year: components["schemas"]["Number"];
            };
            indicators: components["schemas"]["Amounts"];
            /** @description Means from 48 to 24 hours ago */
            day_before: components["schemas"]["Plains"];
            /** @description Worst money first */
            losses: components["schemas"]["Loss"][];
            voltages: {
                unit: string;
                total: components["schemas"]["Amount"];
                parts: components["schemas"]["Amounts"];
            }[];
            /** @description What all findings with a price add up to, but those that rest on a suspicion or on balances that do not close */
            avoidable_per_day: components["schemas"]["Amount"];
            /** @description Worst money first */
            findings: components["schemas"]["Finding"][];
        };
        Assessment: {
            windows: Record<string, never>[];
            indicators: components["schemas"]["Amounts"];
            losses: components["schemas"]["Loss"][];
            findings: Record<string, never>[];
            /** @description When units were out of service */
            stops: components["schemas"]["Stop"][];
            data: Record<string, never>;
        };
        Reconciliation: {
            time: components["schemas"]["Time"];
            made: components["schemas"]["OptionalTime"];
            from: components["schemas"]["OptionalTime"];
            to: components["schemas"]["OptionalTime"];
            age_seconds: components["schemas"]["Number"];
            not_reconciled: components["schemas"]["NotReconciled"];
            assessment: null | components["schemas"]["Assessment"];
        };
        Sources: {
            time: components["schemas"]["Time"];
            sources: {
                name: string;
                health: components["schemas"]["HealthName"];
                last: components["schemas"]["OptionalTime"];
                last_error: components["schemas"]["OptionalText"];
                last_error_at: components["schemas"]["OptionalTime"];
                /** @description What was assumed of the newest file of a folder; or a number that may stand for no reading, and how to say so */
                assumed?: string | null;
                readings: number;
                /** @description Readings that could not be understood, since the server started or read its file again */
                rejected: number;
                /** @description Readings given up since the historian did not take them for too long, likewise */
                lost: number;
                /** @description Readings from the future, further ahead of their arrival than clock_tolerance: kept as uncertain, never the newest and in no window */
                ahead: number;
                tags: {
                    name: string;
                    health: components["schemas"]["HealthName"];
                    last: components["schemas"]["OptionalTime"];
                    last_error: components["schemas"]["OptionalText"];
                }[];
            }[];
        };
        View: {
            id: number;
            name: string;
            /** @description Empty on a server without accounts */
            owner: string;
            shared: boolean;
            /** @description Whether the one who asks may remove it */
            mine: boolean;
            /** @description Of the address of the page Trends */
            query: string;
        };
        TimeMark: {
            id: number;
            time: components["schemas"]["Time"];
            /** @enum {string} */
            kind: "stop" | "exchange" | "difficulty" | "note";
            text: string;
            who: string;
            /** @description Whether the one who asks may remove it */
            mine: boolean;
        };
        Gaps: {
            gaps: {
                tag: string;
                from: components["schemas"]["Time"];
                to: components["schemas"]["OptionalTime"];
                why: string;
            }[];
        };
        Tags: {
            tags: {
                name: string;
                unit: string;
                /** @description That a reading shows in this unit, by the sd of its instrument. */
                decimals: number | null;
                si_unit: components["schemas"]["OptionalText"];
                /** @enum {string} */
                kind: "measured" | "reconciled" | "reconciled_sd" | "indicator" | "indicator_sd";
                description: components["schemas"]["OptionalText"];
                area: components["schemas"]["OptionalText"];
                plant_unit: components["schemas"]["OptionalText"];
                plant_unit_title: components["schemas"]["OptionalText"];
                quantity: components["schemas"]["OptionalText"];
                of: components["schemas"]["OptionalText"];
                source: components["schemas"]["OptionalText"];
                /** @enum {string|null} */
                health: "ok" | "late" | "down" | null;
            }[];
        };
        LatestValue: {
            tag: string;
            value: components["schemas"]["Value"];
            /** @enum {string} */
            not_finite?: "NaN" | "Infinity" | "-Infinity";
            unit: string;
            /** @enum {string|null} */
            quality: "good" | "uncertain" | "bad" | null;
            /** @description OPC UA status code */
            status: number | null;
            time: components["schemas"]["OptionalTime"];
            arrival: components["schemas"]["OptionalTime"];
        };
        Latest: {
            time: components["schemas"]["Time"];
            values: components["schemas"]["LatestValue"][];
        };
        /** @description Points of a curve, or readings. The arrays have one length. */
        Curve: {
            tag: string;
            unit: string;
            times: components["schemas"]["Time"][];
            values: components["schemas"]["Value"][];
            quality: components["schemas"]["Quality"][];
            next: components["schemas"]["OptionalTime"];
        };
        /** @description Of what was asked under `aggregate`, an array each. Stretches without a reading are left out. */
        Buckets: {
            tag: string;
            unit: string;
            bucket_seconds: number;
            times: components["schemas"]["Time"][];
            mean?: components["schemas"]["Number"][];
            min?: components["schemas"]["Number"][];
            max?: components["schemas"]["Number"][];
            first?: components["schemas"]["Number"][];
            last?: components["schemas"]["Number"][];
            time_weighted?: components["schemas"]["Number"][];
            good: number[];
            uncertain: number[];
            bad: number[];
        };
        History: {
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
            series: (components["schemas"]["Curve"] | components["schemas"]["Buckets"])[];
        };
        Samples: {
            samples: {
                tag: string;
                time?: components["schemas"]["Time"];
                value: number | string | boolean;
                quality?: components["schemas"]["Quality"];
            }[];
        };
        SignIn: {
            name: string;
            password: string;
        };
        Session: {
            name: components["schemas"]["OptionalText"];
            /** @enum {string|null} */
            role: "viewer" | "operator" | "engineer" | "administrator" | null;
            csrf: components["schemas"]["OptionalText"];
            expires: components["schemas"]["OptionalTime"];
            open: boolean;
        };
        Account: {
            name: string;
            role: components["schemas"]["Role"];
            created: components["schemas"]["Time"];
            last_sign_in: components["schemas"]["OptionalTime"];
            disabled: boolean;
        };
        Accounts: {
            accounts: components["schemas"]["Account"][];
        };
        NewAccount: {
            name: string;
            role: components["schemas"]["Role"];
            password: string;
        };
        Token: {
            id: number;
            name: string;
            role: components["schemas"]["Role"];
            created: components["schemas"]["Time"];
            expires: components["schemas"]["OptionalTime"];
            last_used: components["schemas"]["OptionalTime"];
        };
        Tokens: {
            tokens: components["schemas"]["Token"][];
        };
        NewToken: {
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "engineer";
            expires?: components["schemas"]["OptionalTime"];
        };
        MadeToken: {
            id: number;
            name: string;
            role: components["schemas"]["Role"];
            created: components["schemas"]["Time"];
            expires: components["schemas"]["OptionalTime"];
            last_used: components["schemas"]["OptionalTime"];
            token: string;
        };
        Audit: {
            intact: boolean;
            entries: {
                number: number;
                time: components["schemas"]["Time"];
                who: string;
                what: string;
                detail: string;
                address: string;
                hash: string;
            }[];
        };
    };
    responses: {
        /** @description What was asked makes no sense; every problem is listed */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Bad Request",
                 *       "status": 400,
                 *       "detail": "points: 3 is too few",
                 *       "problems": [
                 *         {
                 *           "where": "points",
                 *           "what": "3 is too few",
                 *           "cure": "4 to 10000"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The disk is full. A token that is removed and an account that is removed or disabled (with no other change) are cut off at once all the same,
         *     in memory until there is room
         */
        CutOff: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "cutting off holds at once, but only until the server restarts, and is written when there is room on the disk"
                 *     }
                 */
                "application/json": {
                    detail: string;
                };
            };
        };
        /** @description Sign in first, or the name or password is wrong */
        SignIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unauthorized",
                 *       "status": 401,
                 *       "detail": "sign in first",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not with this role, or the CSRF token or the origin does not fit */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "this needs the role operator",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "detail": "there is no tag \"FI-10\"",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No such cell; or, with `code` no_cells, castner.toml names no cells.toml */
        NoCells: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "code": "no_cells",
                 *       "detail": "castner.toml names no cells.toml",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It would break something, or exists already */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "detail": "there is an account \"wang.fang\" already",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than the server takes at once */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Content Too Large",
                 *       "status": 413,
                 *       "detail": "a body may have 67108864 bytes",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many failures; Retry-After says how many seconds to wait */
        Wait: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Too Many Requests",
                 *       "status": 429,
                 *       "detail": "wait 8 s",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not now; nothing was taken. Retry-After says when to try again */
        Busy: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Service Unavailable",
                 *       "status": 503,
                 *       "detail": "castner-history.db: the disk is full",
                 *       "problems": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Worksheet of an XLSX file; else the first visible one that holds readings */
        sheet: string;
        /** @description Time of the first row, where the rows count hours or rows instead of naming times */
        start: string;
        /** @description The decimal mark, where numbers such as 1.234 may mean thousands */
        decimal: "point" | "comma";
        /** @description The order of dates such as 01/02/2026, where the file does not show it */
        dates: "dmy" | "mdy" | "ymd";
        /** @description With start, from one count to the next: 1 h */
        step: string;
        /** @description Numbers that stand for no reading: -9999, 9.9999E+37 */
        no_data: string;
        /** @description Language of titles and texts; all else is language-free */
        lang: "en" | "zh";
        /**
         * @description Names with commas between; a name that holds a comma goes under `tag`
         * @example FI-101,TI-102
         */
        tags: string;
        /** @description One name; may be repeated, after `tags` */
        tag: string;
        /**
         * @description Included. Also now, or now-24h (s, min, h, d)
         * @example 2026-11-23T00:00:00Z
         */
        from: string;
        /**
         * @description Not included; now where left out. Also now-1h
         * @example 2026-11-23T01:00:00Z
         */
        to: string;
        /** @description si (as the default in JSON): converted to SI where the unit is known; own (the default in CSV): as the tag has it, bit for bit */
        units: "si" | "own";
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "deletion_waits": false
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The historian refuses readings, or a table of the records is missing */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "storage",
                     *       "deletion_waits": false
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP castner_readings_stored_total Readings made durable since the start.
                     *     # TYPE castner_readings_stored_total counter
                     *     castner_readings_stored_total 432000
                     */
                    "text/plain": string;
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    overview: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plant at a glance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": "2026-11-23T14:32:05Z",
                     *       "plant": "Cell room",
                     *       "made_up": false,
                     *       "castner": "0.1.0",
                     *       "load": {
                     *         "value": 0.96,
                     *         "sd": 0.01,
                     *         "unit": "1"
                     *       },
                     *       "tags": {
                     *         "total": 415,
                     *         "ok": 412,
                     *         "late": 2,
                     *         "down": 1,
                     *         "without_source": 0
                     *       },
                     *       "sources": {
                     *         "ok": 3,
                     *         "late": 0,
                     *         "down": 0
                     *       },
                     *       "balance": {
                     *         "status": "converged",
                     *         "made": "2026-11-23T14:32:00Z",
                     *         "from": "2026-11-23T14:02:00Z",
                     *         "to": "2026-11-23T14:32:00Z",
                     *         "age_seconds": 5,
                     *         "not_reconciled": null,
                     *         "idle": [],
                     *         "closes": true,
                     *         "instruments": 120,
                     *         "checked": 96,
                     *         "hardly_checked": 9,
                     *         "accused": 1,
                     *         "warnings": 0
                     *       },
                     *       "stopped": [
                     *         {
                     *           "unit": "EL-2",
                     *           "idle": true,
                     *           "since": "2026-11-23T06:40:00Z",
                     *           "stops": [
                     *             {
                     *               "unit": "EL-2",
                     *               "from": "2026-11-23T06:40:00Z",
                     *               "to": null
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "indicators": {
                     *         "dc_energy_per_naoh": {
                     *           "value": 2142,
                     *           "sd": 9,
                     *           "unit": "kW.h/t"
                     *         }
                     *       },
                     *       "day_before": {
                     *         "dc_energy_per_naoh": {
                     *           "value": 2111,
                     *           "unit": "kW.h/t"
                     *         }
                     *       },
                     *       "avoidable_per_day": {
                     *         "value": 6200,
                     *         "sd": 900,
                     *         "unit": "CNY/d"
                     *       },
                     *       "attention": [
                     *         {
                     *           "code": "gross_error.bias",
                     *           "severity": "warning",
                     *           "title": "FI-204 reads 0.84 ± 0.12 t/h too high",
                     *           "next": "Compare FI-204 with a second instrument.",
                     *           "path": "FI-204",
                     *           "cost_per_day": {
                     *             "value": null,
                     *             "sd": null,
                     *             "unit": "CNY/d"
                     *           },
                     *           "evidence": [],
                     *           "tags": [
                     *             "FI-204"
                     *           ],
                     *           "stops": [],
                     *           "follows": false,
                     *           "rests_on": [],
                     *           "balances_open": false
                     *         }
                     *       ],
                     *       "cells": null,
                     *       "storage": {
                     *         "stored": 432000,
                     *         "refused": 0,
                     *         "error": null,
                     *         "records_error": null,
                     *         "deletion_waits": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Overview"];
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    plant: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Steam network",
                     *       "currency": "CNY",
                     *       "made": "2026-11-23T14:32:00Z",
                     *       "from": "2026-11-23T14:02:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "drawing": {
                     *         "width": 900,
                     *         "height": 400,
                     *         "down": false
                     *       },
                     *       "units": [
                     *         {
                     *           "name": "N1",
                     *           "title": "steam header",
                     *           "named": true,
                     *           "area": "utilities",
                     *           "model": "node",
                     *           "idle": false,
                     *           "state": {
                     *             "unit": "N1",
                     *             "idle": false,
                     *             "since": "2026-11-23T14:10:00Z",
                     *             "stops": [
                     *               {
                     *                 "unit": "N1",
                     *                 "from": "2026-11-23T06:40:00Z",
                     *                 "to": "2026-11-23T14:10:00Z"
                     *               }
                     *             ]
                     *           },
                     *           "level": 0,
                     *           "box": {
                     *             "x": 60,
                     *             "y": 120,
                     *             "width": 64,
                     *             "height": 40,
                     *             "lines": [
                     *               "steam header"
                     *             ]
                     *           },
                     *           "ports": [
                     *             {
                     *               "name": "in_1",
                     *               "inlet": true,
                     *               "stream": "S1"
                     *             },
                     *             {
                     *               "name": "out_1",
                     *               "inlet": false,
                     *               "stream": "S2"
                     *             }
                     *           ],
                     *           "closure": {
                     *             "in": {
                     *               "value": 3.33,
                     *               "sd": 0.02,
                     *               "unit": "kg/s"
                     *             },
                     *             "out": {
                     *               "value": 3.33,
                     *               "sd": 0.02,
                     *               "unit": "kg/s"
                     *             },
                     *             "measured_in": {
                     *               "value": 3.4,
                     *               "unit": "kg/s"
                     *             },
                     *             "measured_out": {
                     *               "value": null,
                     *               "unit": "kg/s"
                     *             }
                     *           },
                     *           "values": {
                     *             "power": {
                     *               "value": 1000000,
                     *               "sd": 10000,
                     *               "unit": "W"
                     *             }
                     *           },
                     *           "indicators": {
                     *             "current_efficiency": {
                     *               "value": 0.96,
                     *               "sd": 0.004,
                     *               "unit": "1"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "streams": [
                     *         {
                     *           "name": "S1",
                     *           "title": "steam to the steam header",
                     *           "short_title": "steam",
                     *           "contents": "mass",
                     *           "from": null,
                     *           "to": "N1",
                     *           "flow": {
                     *             "path": "S1.flow_mass",
                     *             "value": 3.33,
                     *             "sd": 0.02,
                     *             "unit": "kg/s",
                     *             "measured": 3.4,
                     *             "adjustment": -0.07,
                     *             "class": "redundant",
                     *             "assumed": false,
                     *             "used": true,
                     *             "tag": "FI-101"
                     *           },
                     *           "values": {
                     *             "temperature": {
                     *               "value": 363.1,
                     *               "sd": 0.3,
                     *               "unit": "K"
                     *             }
                     *           },
                     *           "line": {
                     *             "points": [
                     *               [
                     *                 0,
                     *                 140
                     *               ],
                     *               [
                     *                 60,
                     *                 140
                     *               ]
                     *             ],
                     *             "label": [
                     *               30,
                     *               130
                     *             ],
                     *             "name": "steam",
                     *             "code": "S1",
                     *             "thickness": 12,
                     *             "backwards": false
                     *           }
                     *         }
                     *       ],
                     *       "instruments": [
                     *         {
                     *           "tag": "FI-101",
                     *           "path": "S1.flow_mass",
                     *           "description": "mass flow, steam to the steam header",
                     *           "unit": "t/h",
                     *           "verdict": "agrees",
                     *           "measured": 3.4,
                     *           "sd": 0.07,
                     *           "reconciled": 3.33,
                     *           "reconciled_sd": 0.02,
                     *           "adjustment": -0.07,
                     *           "statistic": 1.1,
                     *           "smallest_seen": 0.35,
                     *           "si_unit": "kg/s",
                     *           "why_not": null
                     *         }
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "path": "S2.temperature",
                     *           "value": 403.1,
                     *           "unit": "K",
                     *           "limit": 416.6,
                     *           "source": "if97",
                     *           "text": "S2.temperature is 130 degC, below 143.5 degC: saturation at its pressure; steam would condense"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Plant"];
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    energy: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of the last good balance; empty before the first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "made": "2026-11-23T14:32:00Z",
                     *       "from": "2026-11-23T14:02:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "currency": "CNY",
                     *       "prices": {
                     *         "electricity": {
                     *           "value": 1.25e-7,
                     *           "unit": "CNY/J"
                     *         },
                     *         "steam": {
                     *           "value": 0.18,
                     *           "unit": "CNY/kg"
                     *         },
                     *         "hours_per_year": 8000
                     *       },
                     *       "indicators": {
                     *         "dc_energy_per_naoh": {
                     *           "value": 2142,
                     *           "sd": 9,
                     *           "unit": "kW.h/t"
                     *         }
                     *       },
                     *       "day_before": {
                     *         "dc_energy_per_naoh": {
                     *           "value": 2111,
                     *           "unit": "kW.h/t"
                     *         }
                     *       },
                     *       "losses": [
                     *         {
                     *           "path": "E101",
                     *           "kind": "anode",
                     *           "reference": "no_overvoltage",
                     *           "power": {
                     *             "value": 81000,
                     *             "sd": 2500,
                     *             "unit": "W"
                     *           },
                     *           "cost_per_year": {
                     *             "value": 291600,
                     *             "sd": 9000,
                     *             "unit": "CNY/a"
                     *           }
                     *         }
                     *       ],
                     *       "voltages": [
                     *         {
                     *           "unit": "E101",
                     *           "total": {
                     *             "value": 3.05,
                     *             "sd": 0.01,
                     *             "unit": "V"
                     *           },
                     *           "parts": {
                     *             "membrane_voltage": {
                     *               "value": 0.31,
                     *               "sd": 0.02,
                     *               "unit": "V"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "avoidable_per_day": {
                     *         "value": 6200,
                     *         "sd": 900,
                     *         "unit": "CNY/d"
                     *       },
                     *       "findings": [
                     *         {
                     *           "code": "electrolyser.above_best_peer",
                     *           "severity": "warning",
                     *           "title": "E102 takes 31 ± 6 kW more than E101 would",
                     *           "next": "Compare both at equal load.",
                     *           "path": "E102",
                     *           "cost_per_day": {
                     *             "value": 6200,
                     *             "sd": 900,
                     *             "unit": "CNY/d"
                     *           },
                     *           "evidence": [
                     *             {
                     *               "path": "E102",
                     *               "value": 31000,
                     *               "sd": 6000,
                     *               "unit": "W",
                     *               "text": "power above the best of its kind"
                     *             }
                     *           ],
                     *           "tags": [
                     *             "II-102"
                     *           ],
                     *           "stops": [],
                     *           "follows": false,
                     *           "rests_on": [],
                     *           "balances_open": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Energy"];
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    cells: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cell room */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Cell room",
                     *       "currency": "CNY",
                     *       "reference": {
                     *         "current_density": 5000,
                     *         "temperature": 363.15,
                     *         "caustic": 0.32
                     *       },
                     *       "from": "2026-11-01T00:00:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "rows": 1954320,
                     *       "learning": false,
                     *       "missing": [],
                     *       "cells": [
                     *         {
                     *           "cell": "E1/017",
                     *           "electrolyser": "E1",
                     *           "number": 17,
                     *           "tag": "EI-1101-017",
                     *           "state": "sick",
                     *           "voltage": {
                     *             "value": 3.012,
                     *             "unit": "V"
                     *           },
                     *           "standard_voltage": {
                     *             "value": 2.971,
                     *             "sd": 0.003,
                     *             "unit": "V"
                     *           },
                     *           "u0": {
                     *             "value": 2.42,
                     *             "sd": 0.01,
                     *             "unit": "V"
                     *           },
                     *           "k": {
                     *             "value": 0.00011,
                     *             "sd": 0.000002,
                     *             "unit": "Ohm.m2"
                     *           },
                     *           "excess_power": {
                     *             "value": 1200,
                     *             "sd": 90,
                     *             "unit": "W",
                     *             "against": "own"
                     *           },
                     *           "cost_per_day": {
                     *             "value": 13,
                     *             "sd": 1,
                     *             "unit": "CNY/d"
                     *           },
                     *           "above_best": {
                     *             "value": 1500,
                     *             "sd": 120,
                     *             "unit": "W"
                     *           },
                     *           "age": {
                     *             "value": 602,
                     *             "unit": "d"
                     *           },
                     *           "ageing": {
                     *             "value": 0.011,
                     *             "sd": 0.002,
                     *             "unit": "V/a"
                     *           },
                     *           "finding": 0
                     *         }
                     *       ],
                     *       "findings": [
                     *         {
                     *           "id": 12,
                     *           "code": "cell_sick",
                     *           "severity": "warning",
                     *           "cell": "E1/017",
                     *           "electrolyser": "E1",
                     *           "tag": "EI-1101-017",
                     *           "title": "E1/017: probably too little brine (83 %)",
                     *           "since": "2026-11-23T07:41:00Z",
                     *           "detected": "2026-11-23T07:42:10Z",
                     *           "ended": null,
                     *           "cause": "blocked_feed",
                     *           "cause_text": "too little brine",
                     *           "probability": 0.83,
                     *           "alternatives": [
                     *             {
                     *               "cause": "dry_out",
                     *               "text": "membrane running dry",
                     *               "probability": 0.1
                     *             }
                     *           ],
                     *           "fault": null,
                     *           "with": null,
                     *           "evidence": [
                     *             {
                     *               "text": "at load its voltage is 41 ± 4 mV above its own level",
                     *               "value": 0.041,
                     *               "sd": 0.004,
                     *               "unit": "V"
                     *             }
                     *           ],
                     *           "advice": "Look at this cell's brine hose and overflow now.",
                     *           "test": "look_at_feed",
                     *           "test_text": "Look at the overflow of this cell's brine.",
                     *           "cost_per_day": {
                     *             "value": 13,
                     *             "sd": 1,
                     *             "unit": "CNY/d"
                     *           }
                     *         }
                     *       ],
                     *       "electrolysers": [
                     *         {
                     *           "name": "E1",
                     *           "cells": 180,
                     *           "states": {
                     *             "healthy": 178,
                     *             "suspect": 0,
                     *             "sick": 1,
                     *             "unseen": 1
                     *           },
                     *           "standard_voltage": {
                     *             "value": 2.95,
                     *             "sd": 0.002,
                     *             "unit": "V"
                     *           },
                     *           "ohmic": {
                     *             "value": 0.55,
                     *             "sd": 0.01,
                     *             "unit": "V"
                     *           },
                     *           "electrode": {
                     *             "value": 0.21,
                     *             "sd": 0.01,
                     *             "unit": "V"
                     *           },
                     *           "excess_power": {
                     *             "value": 5200,
                     *             "sd": 700,
                     *             "unit": "W"
                     *           },
                     *           "cost_per_day": {
                     *             "value": 56,
                     *             "sd": 8,
                     *             "unit": "CNY/d"
                     *           },
                     *           "current": {
                     *             "value": 13500,
                     *             "unit": "A"
                     *           },
                     *           "hydrogen_in_chlorine": {
                     *             "value": 0.0012,
                     *             "sd": 0.0001,
                     *             "unit": "1",
                     *             "time_to_limit": null
                     *           }
                     *         }
                     *       ],
                     *       "replacement": [
                     *         {
                     *           "cell": "E1/017",
                     *           "electrolyser": "E1",
                     *           "what": "membrane",
                     *           "when": "next_stop",
                     *           "saving": {
                     *             "value": 13,
                     *             "sd": 1,
                     *             "unit": "CNY/d"
                     *           },
                     *           "cost": {
                     *             "value": 9000,
                     *             "unit": "CNY"
                     *           },
                     *           "standstill": {
                     *             "value": 31000,
                     *             "unit": "CNY"
                     *           },
                     *           "payback": {
                     *             "value": 3077,
                     *             "sd": 240,
                     *             "unit": "d"
                     *           },
                     *           "payback_in_a_stop": {
                     *             "value": 692,
                     *             "sd": 53,
                     *             "unit": "d"
                     *           },
                     *           "cost_of_waiting": {
                     *             "value": 13,
                     *             "sd": 1,
                     *             "unit": "CNY/d"
                     *           }
                     *         }
                     *       ],
                     *       "notes": []
                     *     }
                     */
                    "application/json": components["schemas"]["CellRoom"];
                };
            };
            401: components["responses"]["SignIn"];
            404: components["responses"]["NoCells"];
        };
    };
    cells_map: {
        parameters: {
            query: {
                /**
                 * @description Also now, or now-24h
                 * @example 2026-11-23T12:00:00Z
                 */
                at: string;
                /** @description Which number */
                of?: components["schemas"]["CellMapOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the cells of GET cells */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-23T12:00:00Z",
                     *       "of": "voltage",
                     *       "unit": "V",
                     *       "values": [
                     *         3.012,
                     *         null
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CellMap"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            404: components["responses"]["NoCells"];
        };
    };
    cell: {
        parameters: {
            query: {
                /**
                 * @description Electrolyser/number, counted from 1
                 * @example E1/017
                 */
                cell: string;
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cell */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cell": "E1/017",
                     *       "electrolyser": "E1",
                     *       "number": 17,
                     *       "tag": "EI-1101-017",
                     *       "state": "sick",
                     *       "voltage": {
                     *         "value": 3.012,
                     *         "unit": "V"
                     *       },
                     *       "standard_voltage": {
                     *         "value": 2.971,
                     *         "sd": 0.003,
                     *         "unit": "V"
                     *       },
                     *       "u0": {
                     *         "value": 2.42,
                     *         "sd": 0.01,
                     *         "unit": "V"
                     *       },
                     *       "k": {
                     *         "value": 0.00011,
                     *         "sd": 0.000002,
                     *         "unit": "Ohm.m2"
                     *       },
                     *       "excess_power": {
                     *         "value": 1200,
                     *         "sd": 90,
                     *         "unit": "W",
                     *         "against": "own"
                     *       },
                     *       "cost_per_day": {
                     *         "value": 13,
                     *         "sd": 1,
                     *         "unit": "CNY/d"
                     *       },
                     *       "above_best": {
                     *         "value": 1500,
                     *         "sd": 120,
                     *         "unit": "W"
                     *       },
                     *       "age": {
                     *         "value": 602,
                     *         "unit": "d"
                     *       },
                     *       "ageing": {
                     *         "value": 0.011,
                     *         "sd": 0.002,
                     *         "unit": "V/a"
                     *       },
                     *       "finding": 0,
                     *       "findings": [
                     *         {
                     *           "id": 12,
                     *           "code": "cell_sick",
                     *           "severity": "warning",
                     *           "cell": "E1/017",
                     *           "electrolyser": "E1",
                     *           "tag": "EI-1101-017",
                     *           "title": "E1/017: probably too little brine (83 %)",
                     *           "since": "2026-11-23T07:41:00Z",
                     *           "detected": "2026-11-23T07:42:10Z",
                     *           "ended": null,
                     *           "cause": "blocked_feed",
                     *           "cause_text": "too little brine",
                     *           "probability": 0.83,
                     *           "alternatives": [
                     *             {
                     *               "cause": "dry_out",
                     *               "text": "membrane running dry",
                     *               "probability": 0.1
                     *             }
                     *           ],
                     *           "fault": null,
                     *           "with": null,
                     *           "evidence": [
                     *             {
                     *               "text": "at load its voltage is 41 ± 4 mV above its own level",
                     *               "value": 0.041,
                     *               "sd": 0.004,
                     *               "unit": "V"
                     *             }
                     *           ],
                     *           "advice": "Look at this cell's brine hose and overflow now.",
                     *           "test": "look_at_feed",
                     *           "test_text": "Look at the overflow of this cell's brine.",
                     *           "cost_per_day": {
                     *             "value": 13,
                     *             "sd": 1,
                     *             "unit": "CNY/d"
                     *           }
                     *         }
                     *       ],
                     *       "neighbours": [
                     *         {
                     *           "cell": "E1/016",
                     *           "state": "healthy",
                     *           "standard_voltage": {
                     *             "value": 2.95,
                     *             "sd": 0.003,
                     *             "unit": "V"
                     *           }
                     *         }
                     *       ],
                     *       "points": [
                     *         {
                     *           "current_density": 5000,
                     *           "voltage": 2.97,
                     *           "sd": 0.002,
                     *           "time": "2026-11-23T12:00:00Z"
                     *         }
                     *       ],
                     *       "curve": [
                     *         {
                     *           "current_density": 5000,
                     *           "voltage": 2.971,
                     *           "low": 2.965,
                     *           "high": 2.977
                     *         }
                     *       ],
                     *       "middle_curve": [
                     *         {
                     *           "current_density": 5000,
                     *           "voltage": 2.95
                     *         }
                     *       ],
                     *       "service": [
                     *         {
                     *           "cell": "E1/017",
                     *           "what": "membrane",
                     *           "when": "2025-04-01T08:00:00Z",
                     *           "by": "li.wei",
                     *           "at": "2025-04-01T16:10:00Z",
                     *           "note": "exchanged with E1/018"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CellDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            404: components["responses"]["NoCells"];
        };
    };
    cells_service: {
        parameters: {
            query?: {
                /**
                 * @description Of this cell alone; of all where it is left out
                 * @example E1/017
                 */
                cell?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "cell": "E1/017",
                     *         "what": "membrane",
                     *         "when": "2025-04-01T08:00:00Z",
                     *         "by": "li.wei",
                     *         "at": "2025-04-01T16:10:00Z",
                     *         "note": "exchanged with E1/018"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["CellService"][];
                };
            };
            401: components["responses"]["SignIn"];
            404: components["responses"]["NoCells"];
        };
    };
    add_cell_service: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cell": "E1/017",
                 *       "what": "membrane",
                 *       "when": "2025-04-01T08:00:00Z",
                 *       "note": "exchanged with E1/018"
                 *     }
                 */
                "application/json": {
                    cell: string;
                    what: components["schemas"]["CellPart"];
                    when: components["schemas"]["Time"];
                    note: string;
                };
            };
        };
        responses: {
            /** @description Written */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cell": "E1/017",
                     *       "what": "membrane",
                     *       "when": "2025-04-01T08:00:00Z",
                     *       "by": "li.wei",
                     *       "at": "2025-04-01T16:10:00Z",
                     *       "note": "exchanged with E1/018"
                     *     }
                     */
                    "application/json": components["schemas"]["CellService"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoCells"];
            409: components["responses"]["Conflict"];
        };
    };
    reconciliation: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
                /** @description Which of the two */
                which?: "good" | "last";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance, or why there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": "2026-11-23T14:32:05Z",
                     *       "made": "2026-11-23T14:32:00Z",
                     *       "from": "2026-11-23T14:02:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "age_seconds": 5,
                     *       "not_reconciled": null,
                     *       "assessment": {
                     *         "windows": [],
                     *         "indicators": {},
                     *         "losses": [],
                     *         "findings": [],
                     *         "stops": [],
                     *         "data": {
                     *           "rows": 1800,
                     *           "gaps": [],
                     *           "bad_quality": 0,
                     *           "stuck_tags": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description Unchanged since the ETag sent in If-None-Match */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
        };
    };
    assess: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As GET reconciliation with which=last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": "2026-11-23T14:32:05Z",
                     *       "made": "2026-11-23T14:32:00Z",
                     *       "from": "2026-11-23T14:02:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "age_seconds": 5,
                     *       "not_reconciled": null,
                     *       "assessment": {
                     *         "windows": [],
                     *         "indicators": {},
                     *         "losses": [],
                     *         "findings": [],
                     *         "stops": [],
                     *         "data": {
                     *           "rows": 1800,
                     *           "gaps": [],
                     *           "bad_quality": 0,
                     *           "stuck_tags": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Busy"];
        };
    };
    past: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of the request that was made last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "running",
                     *       "from": "2026-10-24T14:32:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "windows": 1440,
                     *       "looked_at": 300,
                     *       "had_one": 0,
                     *       "balanced": 251,
                     *       "without_answer": 49,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Past"];
                };
            };
            401: components["responses"]["SignIn"];
            503: components["responses"]["Busy"];
        };
    };
    askPast: {
        parameters: {
            query: {
                /** @description A time (RFC 3339), or now-30d */
                from: string;
                /** @description Likewise; without: now */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "running",
                     *       "from": "2026-10-24T14:32:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "windows": 1440,
                     *       "looked_at": 300,
                     *       "had_one": 0,
                     *       "balanced": 251,
                     *       "without_answer": 49,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Past"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Busy"];
        };
    };
    stopPast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it had come */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "running",
                     *       "from": "2026-10-24T14:32:00Z",
                     *       "to": "2026-11-23T14:32:00Z",
                     *       "windows": 1440,
                     *       "looked_at": 300,
                     *       "had_one": 0,
                     *       "balanced": 251,
                     *       "without_answer": 49,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Past"];
                };
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Busy"];
        };
    };
    startRead: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
                /** @description Of the file, for messages */
                name?: string;
                /** @description For times without an offset: Asia/Shanghai, +08:00 */
                timezone?: string;
                /** @description Worksheet of an XLSX file; else the first visible one that holds readings */
                sheet?: components["parameters"]["sheet"];
                /** @description Time of the first row, where the rows count hours or rows instead of naming times */
                start?: components["parameters"]["start"];
                /** @description With start, from one count to the next: 1 h */
                step?: components["parameters"]["step"];
                /** @description Numbers that stand for no reading: -9999, 9.9999E+37 */
                no_data?: components["parameters"]["no_data"];
                /** @description The decimal mark, where numbers such as 1.234 may mean thousands */
                decimal?: components["parameters"]["decimal"];
                /** @description The order of dates such as 01/02/2026, where the file does not show it */
                dates?: components["parameters"]["dates"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example tag,value (t/h)
                 *     FI-1,10.1
                 */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file was read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "file": "data.csv",
                     *       "taken_as": "CSV, UTF-8, delimiter comma, decimal point, one column a tag",
                     *       "time_zone": "+08:00",
                     *       "clock": "+08:00",
                     *       "rows": 1440,
                     *       "bad_texts": 0,
                     *       "notes": [],
                     *       "sheet": null,
                     *       "sheets": [],
                     *       "from": "2026-11-23T00:00:00+08:00",
                     *       "to": "2026-11-23T23:59:00+08:00",
                     *       "step_seconds": 60,
                     *       "gap_count": 1,
                     *       "gaps": [
                     *         {
                     *           "from": "2026-11-23T10:00:00+08:00",
                     *           "to": "2026-11-23T10:20:00+08:00"
                     *         }
                     *       ],
                     *       "windows": {
                     *         "window": "30 min",
                     *         "max_gap": "5 min",
                     *         "min_rows": 20,
                     *         "between": ""
                     *       },
                     *       "units": [
                     *         {
                     *           "name": "E1",
                     *           "model": "electrolyser",
                     *           "feeds": []
                     *         }
                     *       ],
                     *       "columns": [
                     *         {
                     *           "tag": "FI-1",
                     *           "unit": "t/h",
                     *           "unit_known": true,
                     *           "absolute": false,
                     *           "readings": 1440,
                     *           "bad": 0,
                     *           "mean": 10.1,
                     *           "low": 9.8,
                     *           "high": 10.4,
                     *           "guess": {
                     *             "name": "S1",
                     *             "of_unit": false,
                     *             "quantity": "flow_mass",
                     *             "sd": "1.5 %",
                     *             "by": "unit"
                     *           },
                     *           "may_be": [
                     *             "flow_mass"
                     *           ]
                     *         }
                     *       ],
                     *       "models": [
                     *         {
                     *           "name": "node",
                     *           "many": true,
                     *           "ports": [
                     *             {
                     *               "name": "in",
                     *               "inlet": true,
                     *               "optional": false
                     *             }
                     *           ],
                     *           "feeds": null,
                     *           "required": [],
                     *           "optional": [],
                     *           "quantities": []
                     *         }
                     *       ],
                     *       "contents": [
                     *         {
                     *           "name": "mass",
                     *           "title": "material",
                     *           "quantities": [
                     *             {
                     *               "name": "flow_mass",
                     *               "title": "mass flow"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StartRead"];
                    /**
                     * @example event: progress
                     *     data: {"state":"running","before":0,"looked_at":0,"windows":0}
                     *
                     *     event: answer
                     *     data: {"en":{},"zh":{}}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            503: components["responses"]["Busy"];
        };
    };
    startPlant: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "A",
                 *       "data_file": "data.csv",
                 *       "window": "30 min",
                 *       "max_gap": "5 min",
                 *       "min_rows": 20,
                 *       "units": [
                 *         {
                 *           "name": "N1",
                 *           "model": "node",
                 *           "parameters": {}
                 *         }
                 *       ],
                 *       "pipes": [
                 *         {
                 *           "name": "S1",
                 *           "from": "",
                 *           "to": "N1",
                 *           "contents": ""
                 *         },
                 *         {
                 *           "name": "S2",
                 *           "from": "N1",
                 *           "to": "",
                 *           "contents": ""
                 *         }
                 *       ],
                 *       "meters": [
                 *         {
                 *           "tag": "FI-1",
                 *           "of": "S1.flow_mass",
                 *           "unit": "t/h",
                 *           "sd": "1.5 %"
                 *         },
                 *         {
                 *           "tag": "FI-2",
                 *           "of": "S2.flow_mass",
                 *           "unit": "t/h",
                 *           "sd": "1.5 %"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Sketch"];
            };
        };
        responses: {
            /** @description The plant file, and what its meters can tell */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plant": "[plant]\nname = \"A\"\n",
                     *       "problems": [],
                     *       "redundancy": 1,
                     *       "unchecked": [],
                     *       "unchecked_words": null,
                     *       "advice": null,
                     *       "assumed": [],
                     *       "pipes": [
                     *         {
                     *           "name": "S1",
                     *           "contents": "water",
                     *           "title": "water",
                     *           "by": "picked",
                     *           "may_be": []
                     *         }
                     *       ],
                     *       "meter_notes": [],
                     *       "divisions": []
                     *     }
                     */
                    "application/json": components["schemas"]["StartPlant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
        };
    };
    startAssess: {
        parameters: {
            query: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
                /** @description Bytes of the plant file */
                plant: number;
                /** @description Of the data file, for messages */
                name?: string;
                /** @description For times without an offset */
                timezone?: string;
                /** @description Worksheet of an XLSX file; else the first visible one that holds readings */
                sheet?: components["parameters"]["sheet"];
                /** @description Time of the first row, where the rows count hours or rows instead of naming times */
                start?: components["parameters"]["start"];
                /** @description With start, from one count to the next: 1 h */
                step?: components["parameters"]["step"];
                /** @description Numbers that stand for no reading: -9999, 9.9999E+37 */
                no_data?: components["parameters"]["no_data"];
                /** @description The decimal mark, where numbers such as 1.234 may mean thousands */
                decimal?: components["parameters"]["decimal"];
                /** @description The order of dates such as 01/02/2026, where the file does not show it */
                dates?: components["parameters"]["dates"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [plant]
                 *     name = "A"
                 *     [[unit]]
                 *     name = "N1"
                 *     model = "node"
                 *     inlets = ["S1"]
                 *     outlets = ["S2"]
                 *     [[measurement]]
                 *     tag = "FI-1"
                 *     of = "S1.flow_mass"
                 *     unit = "t/h"
                 *     sd = 0.1
                 *     [[measurement]]
                 *     tag = "FI-2"
                 *     of = "S2.flow_mass"
                 *     unit = "t/h"
                 *     sd = 0.1
                 *     tag,value
                 *     FI-1,10.1
                 *     FI-2,10
                 */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The answer, good or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "health": "ok",
                     *       "period": "one snapshot, without a time in the data",
                     *       "windows": 1,
                     *       "steady": 1,
                     *       "reconciled": 1,
                     *       "unsteady_tags": [],
                     *       "unknown_columns": [],
                     *       "sentences": [
                     *         "All right: the balances close and no instrument is accused."
                     *       ],
                     *       "findings": [
                     *         {
                     *           "severity": "warning",
                     *           "title": "FI-1 reads 0.84 ± 0.12 t/h too high",
                     *           "stops": null,
                     *           "next": "Check or calibrate FI-1.",
                     *           "price": null,
                     *           "instead": null
                     *         }
                     *       ],
                     *       "instruments": [
                     *         {
                     *           "tag": "FI-1",
                     *           "path": "S1.flow_mass",
                     *           "verdict": "agrees",
                     *           "verdict_words": "agrees",
                     *           "measured": {
                     *             "value": "10.10",
                     *             "sd": "0.10",
                     *             "unit": "t/h"
                     *           },
                     *           "reconciled": {
                     *             "value": "10.050",
                     *             "sd": "0.071",
                     *             "unit": "t/h"
                     *           },
                     *           "adjustment": {
                     *             "value": "-0.050",
                     *             "sd": "0.071",
                     *             "unit": "t/h"
                     *           },
                     *           "in_sd": -0.5,
                     *           "smallest_seen": {
                     *             "value": "0.45",
                     *             "sd": null,
                     *             "unit": "t/h"
                     *           }
                     *         }
                     *       ],
                     *       "report": "<!doctype html>"
                     *     }
                     */
                    "application/json": components["schemas"]["StartAnswer"];
                    /**
                     * @example event: progress
                     *     data: {"state":"running","before":0,"looked_at":12,"windows":48}
                     *
                     *     event: answer
                     *     data: {"en":{},"zh":{}}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            503: components["responses"]["Busy"];
        };
    };
    startSave: {
        parameters: {
            query: {
                /** @description 1 to 64 letters A to Z, digits, _ and - */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [plant]
                 *     name = "A"
                 *     [[unit]]
                 *     name = "N1"
                 *     model = "node"
                 *     inlets = ["S1"]
                 *     outlets = ["S2"]
                 *     [[measurement]]
                 *     tag = "FI-1"
                 *     of = "S1.flow_mass"
                 *     unit = "t/h"
                 *     sd = 0.1
                 *     [[measurement]]
                 *     tag = "FI-2"
                 *     of = "S2.flow_mass"
                 *     unit = "t/h"
                 *     sd = 0.1
                 */
                "text/plain": string;
            };
        };
        responses: {
            /** @description Kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "path": "/etc/castner/mine.toml"
                     *     }
                     */
                    "application/json": {
                        path: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Busy"];
        };
    };
    sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": "2026-11-23T14:32:05Z",
                     *       "sources": [
                     *         {
                     *           "name": "plc",
                     *           "health": "late",
                     *           "last": "2026-11-23T14:32:01Z",
                     *           "last_error": "no answer within 2 s",
                     *           "last_error_at": "2026-11-23T14:32:03Z",
                     *           "readings": 120000,
                     *           "rejected": 0,
                     *           "lost": 0,
                     *           "ahead": 0,
                     *           "tags": [
                     *             {
                     *               "name": "FI-101",
                     *               "health": "late",
                     *               "last": "2026-11-23T14:32:01Z",
                     *               "last_error": null
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Sources"];
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    gaps: {
        parameters: {
            query: {
                /**
                 * @description Names with commas between; a name that holds a comma goes under `tag`
                 * @example FI-101,TI-102
                 */
                tags?: components["parameters"]["tags"];
                /** @description One name; may be repeated, after `tags` */
                tag?: components["parameters"]["tag"];
                /**
                 * @description Included. Also now, or now-24h (s, min, h, d)
                 * @example 2026-11-23T00:00:00Z
                 */
                from: components["parameters"]["from"];
                /**
                 * @description Not included; now where left out. Also now-1h
                 * @example 2026-11-23T01:00:00Z
                 */
                to?: components["parameters"]["to"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that touch the range, by start; `to` is null while it lasts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "gaps": [
                     *         {
                     *           "tag": "FI-101",
                     *           "from": "2026-11-23T03:10:00Z",
                     *           "to": "2026-11-23T03:14:30Z",
                     *           "why": "plc: no answer within 2 s"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Gaps"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            404: components["responses"]["NotFound"];
        };
    };
    tags: {
        parameters: {
            query?: {
                /** @description Language of titles and texts; all else is language-free */
                lang?: components["parameters"]["lang"];
                /** @description Only tags whose name or description, in either language, holds this text, in any case */
                search?: string;
                /** @description Only this kind */
                kind?: "measured" | "reconciled" | "reconciled_sd" | "indicator" | "indicator_sd";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order they were defined */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tags": [
                     *         {
                     *           "name": "FI-101",
                     *           "unit": "t/h",
                     *           "decimals": 2,
                     *           "si_unit": "kg/s",
                     *           "kind": "measured",
                     *           "description": "mass flow, steam to the steam header",
                     *           "area": "utilities",
                     *           "plant_unit": "N1",
                     *           "plant_unit_title": "steam header",
                     *           "quantity": "mass flow",
                     *           "of": "S1.flow_mass",
                     *           "source": "plc",
                     *           "health": "ok"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Tags"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
        };
    };
    latest: {
        parameters: {
            query?: {
                /**
                 * @description Names with commas between; a name that holds a comma goes under `tag`
                 * @example FI-101,TI-102
                 */
                tags?: components["parameters"]["tags"];
                /** @description One name; may be repeated, after `tags` */
                tag?: components["parameters"]["tag"];
                /** @description si (as the default in JSON): converted to SI where the unit is known; own (the default in CSV): as the tag has it, bit for bit */
                units?: components["parameters"]["units"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order asked; all tags where none is named */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": "2026-11-23T14:32:05Z",
                     *       "values": [
                     *         {
                     *           "tag": "FI-101",
                     *           "value": 3.389,
                     *           "unit": "kg/s",
                     *           "quality": "good",
                     *           "status": 0,
                     *           "time": "2026-11-23T14:32:04Z",
                     *           "arrival": "2026-11-23T14:32:04.02Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Latest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            404: components["responses"]["NotFound"];
        };
    };
    history: {
        parameters: {
            query: {
                /**
                 * @description Names with commas between; a name that holds a comma goes under `tag`
                 * @example FI-101,TI-102
                 */
                tags?: components["parameters"]["tags"];
                /** @description One name; may be repeated, after `tags` */
                tag?: components["parameters"]["tag"];
                /**
                 * @description Included. Also now, or now-24h (s, min, h, d)
                 * @example 2026-11-23T00:00:00Z
                 */
                from: components["parameters"]["from"];
                /**
                 * @description Not included; now where left out. Also now-1h
                 * @example 2026-11-23T01:00:00Z
                 */
                to?: components["parameters"]["to"];
                /** @description At most so many points a tag, peaks kept */
                points?: number;
                /**
                 * @description Length of a stretch: a number with s, min, h or d
                 * @example 1min
                 */
                bucket?: string;
                /** @description With bucket: any of mean min max first last time_weighted, with commas */
                aggregate?: string;
                /** @description Readings a tag, without points and bucket */
                limit?: number;
                /** @description si (as the default in JSON): converted to SI where the unit is known; own (the default in CSV): as the tag has it, bit for bit */
                units?: components["parameters"]["units"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A series for each tag, in the order asked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                    /**
                     * @example time,FI-101 (t/h),FI-101 quality
                     *     2026-11-23T00:00:01Z,12.2,good
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            404: components["responses"]["NotFound"];
        };
    };
    stream: {
        parameters: {
            query?: {
                /**
                 * @description Names with commas between; a name that holds a comma goes under `tag`
                 * @example FI-101,TI-102
                 */
                tags?: components["parameters"]["tags"];
                /** @description One name; may be repeated, after `tags` */
                tag?: components["parameters"]["tag"];
                /** @description si (as the default in JSON): converted to SI where the unit is known; own (the default in CSV): as the tag has it, bit for bit */
                units?: components["parameters"]["units"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events without end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: latest
                     *     data: {"time":"2026-11-23T14:32:05Z","values":[{"tag":"FI-101","value":3.389,"unit":"kg/s","quality":"good","status":0,"time":"2026-11-23T14:32:04Z","arrival":"2026-11-23T14:32:04.02Z"}]}
                     */
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["SignIn"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Busy"];
        };
    };
    write: {
        parameters: {
            query?: {
                /** @description The unit of the times in the lines */
                precision?: "ns" | "us" | "ms" | "s";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example FI-101 value=12.3 1795046400000000000 */
                "text/plain": string;
            };
        };
        responses: {
            /** @description Every reading is durable */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            503: components["responses"]["Busy"];
        };
    };
    samples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "samples": [
                 *         {
                 *           "tag": "FI-101",
                 *           "time": "2026-11-23T14:32:04Z",
                 *           "value": 12.3,
                 *           "quality": "good"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Samples"];
            };
        };
        responses: {
            /** @description Every reading is durable */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            503: components["responses"]["Busy"];
        };
    };
    who_am_i: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who, what they may, and the CSRF token for the header X-CSRF-Token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "li.wei",
                     *       "role": "operator",
                     *       "csrf": "9f2b6c0f4e",
                     *       "expires": "2026-11-24T02:32:05Z",
                     *       "open": false
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "li.wei",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "li.wei",
                     *       "role": "operator",
                     *       "csrf": "9f2b6c0f4e",
                     *       "expires": "2026-11-24T02:32:05Z",
                     *       "open": false
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Wait"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current": "correct horse battery staple",
                 *       "new": "a longer one than before"
                 *     }
                 */
                "application/json": {
                    current: string;
                    new: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Wait"];
        };
    };
    accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accounts": [
                     *         {
                     *           "name": "li.wei",
                     *           "role": "operator",
                     *           "created": "2026-11-20T08:00:00Z",
                     *           "last_sign_in": "2026-11-23T06:00:00Z",
                     *           "disabled": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    add_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "wang.fang",
                 *       "role": "viewer",
                 *       "password": "another long sentence"
                 *     }
                 */
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "wang.fang",
                     *       "role": "viewer",
                     *       "created": "2026-11-23T14:32:05Z",
                     *       "last_sign_in": null,
                     *       "disabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
        };
    };
    delete_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the account
                 * @example wang.fang
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["CutOff"];
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    change_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Name of the account
                 * @example wang.fang
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "operator"
                 *     }
                 */
                "application/json": {
                    role?: components["schemas"]["Role"];
                    password?: string;
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "wang.fang",
                     *       "role": "operator",
                     *       "created": "2026-11-23T14:32:05Z",
                     *       "last_sign_in": null,
                     *       "disabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            202: components["responses"]["CutOff"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
        };
    };
    tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tokens": [
                     *         {
                     *           "id": 1,
                     *           "name": "telegraf",
                     *           "role": "engineer",
                     *           "created": "2026-11-20T08:00:00Z",
                     *           "expires": "2027-11-20T08:00:00Z",
                     *           "last_used": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    add_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "telegraf",
                 *       "role": "engineer",
                 *       "expires": "2027-11-20T08:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Made; shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "name": "telegraf",
                     *       "role": "engineer",
                     *       "created": "2026-11-20T08:00:00Z",
                     *       "expires": "2027-11-20T08:00:00Z",
                     *       "last_used": null,
                     *       "token": "castner_4f0c"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    delete_what_waits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deleted": 86400
                     *     }
                     */
                    "application/json": {
                        /** @description Readings */
                        deleted: number;
                    };
                };
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Busy"];
        };
    };
    delete_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the token
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["CutOff"];
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "views": [
                     *         {
                     *           "id": 1,
                     *           "name": "Anolyte",
                     *           "owner": "li.wei",
                     *           "shared": true,
                     *           "mine": false,
                     *           "query": "tag=AI-1103&last=28800"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        views: components["schemas"]["View"][];
                    };
                };
            };
            401: components["responses"]["SignIn"];
        };
    };
    keep_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Anolyte",
                 *       "query": "tag=AI-1103&last=28800",
                 *       "shared": true
                 *     }
                 */
                "application/json": {
                    name: string;
                    query: string;
                    shared?: boolean;
                };
            };
        };
        responses: {
            /** @description Kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "name": "Anolyte",
                     *       "owner": "li.wei",
                     *       "shared": true,
                     *       "mine": true,
                     *       "query": "tag=AI-1103&last=28800"
                     *     }
                     */
                    "application/json": components["schemas"]["View"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    delete_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the view
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    marks: {
        parameters: {
            query: {
                /**
                 * @description Included. Also now, or now-24h (s, min, h, d)
                 * @example 2026-11-23T00:00:00Z
                 */
                from: components["parameters"]["from"];
                /**
                 * @description Not included; now where left out. Also now-1h
                 * @example 2026-11-23T01:00:00Z
                 */
                to?: components["parameters"]["to"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By time, the newest 500 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "marks": [
                     *         {
                     *           "id": 1,
                     *           "time": "2026-11-23T03:10:00Z",
                     *           "kind": "exchange",
                     *           "text": "FI-2004 exchanged",
                     *           "who": "li.wei",
                     *           "mine": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        marks: components["schemas"]["TimeMark"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
        };
    };
    add_mark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "time": "2026-11-23T03:10:00Z",
                 *       "kind": "exchange",
                 *       "text": "FI-2004 exchanged"
                 *     }
                 */
                "application/json": {
                    time: components["schemas"]["Time"];
                    /** @enum {string} */
                    kind: "stop" | "exchange" | "difficulty" | "note";
                    text: string;
                };
            };
        };
        responses: {
            /** @description Written */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "time": "2026-11-23T03:10:00Z",
                     *       "kind": "exchange",
                     *       "text": "FI-2004 exchanged",
                     *       "who": "li.wei",
                     *       "mine": true
                     *     }
                     */
                    "application/json": components["schemas"]["TimeMark"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
    delete_mark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the mark
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    audit: {
        parameters: {
            query?: {
                /** @description At most so many */
                limit?: number;
                /** @description Only those with a smaller number */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trail */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "intact": true,
                     *       "entries": [
                     *         {
                     *           "number": 7,
                     *           "time": "2026-11-23T14:32:05Z",
                     *           "who": "li.wei",
                     *           "what": "session.signed_in",
                     *           "detail": "",
                     *           "address": "192.0.2.7",
                     *           "hash": "5d1f"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Audit"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignIn"];
            403: components["responses"]["Forbidden"];
        };
    };
}
