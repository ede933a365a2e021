//! A line in which a program reports a refused call: a status, an error object or a page behind some words.
//!
//! SDKs and tools differ in the words only: `Error code: 403 - {…}`, `API Error: 403 {…}`, `HTTP 403: …`,
//! `unexpected status 403 Forbidden: …, url: …`. One reader takes them all.

use crate::intake::InputKind;
use crate::intake::evidence;
use crate::intake::format::{Format, native_only};

pub(super) static FORMAT: Format = Format {
    id: "sdk-line",
    kind: InputKind::Text,
    rank: 230,
    reads: "a line that names a status, or holds an error object or a page",
    example: native_only("[chat] request failed, 403 status code (no body) {\"error\":{\"code\":\"x\"}}\n"),
    claim: evidence::claim,
};
