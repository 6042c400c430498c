//! Renders the snapshot of a report (R-376) as the PDF that a fire-protection firm files.
//!
//! # The child process
//!
//! A server runs the binary, one report at a time, and does not link this crate: what typst holds is given back when the
//! process ends, and what goes wrong ends no server (docs/adr/0068-a-report-is-typeset-in-a-process-of-its-own.md).
//!
//! ```sh
//! firebee-report render --from FOLDER --to FILE.pdf [--fonts FOLDER] [--mark draft|training|void]
//! firebee-report table --from FOLDER --to FILE.pdf [--fonts FOLDER]
//! firebee-report notice --from FOLDER --to FILE.pdf [--fonts FOLDER]
//! firebee-report agreement --from FOLDER --to FILE.pdf [--fonts FOLDER]
//! firebee-report coverage [--fonts FOLDER]
//! firebee-report look --at FILE.pdf --pages-max N
//! firebee-report shrink --at FILE --to FILE.jpg --side-max N
//! ```
//!
//! `FOLDER` of `render` holds
//!
//! | File | What it is |
//! |---|---|
//! | `snapshot.json` | a [`firebee_domain::report::Snapshot`]; the code on the cover is the hash of these bytes (R-379) |
//! | `photos/7` | the preview of the photo with that number, a JPEG, PNG or WebP; a link will do |
//! | `signatures/1` | the signature of the witness at that place, counted from 1 |
//! | `upload.pdf` | where the snapshot names a file that somebody else wrote: that file |
//! | `manifest.json` | optional; attached to the PDF beside the snapshot |
//!
//! A photo or signature must be the bytes that the snapshot names. One that is sound but cannot be decoded is printed as an
//! empty frame and told in `left_out`.
//!
//! `FOLDER` of `table` holds `table.json`, a [`firebee_domain::report::Table`]: the hazard summary or the repair records of a
//! project. That of `notice` holds `notice.json`, a [`firebee_domain::report::Notice`]: the page that is put up in a building.
//! That of `agreement` holds `agreement.json`, a [`firebee_domain::report::Agreement`]: the text of a contract.
//!
//! `render`, `table`, `notice` and `agreement` write the file and print one line: an [`Answer`], with exit status 0, or a
//! [`Failure`], with 1. A wrong
//! call ends with 2 and usage on stderr. Without either line the process was killed. `coverage` prints one line,
//! `{"family","ranges":[[first,last],…]}`: the characters that can be printed, for checks at entry (R-386). `look` says how
//! many pages a PDF has that is to be bound into a report, or that it cannot be. `shrink` writes a picture again as a small JPEG
//! without metadata.
//!
//! ```json
//! {"pages":31,"bytes":2400000,"sha256":"…64 hex…","standard":"PDF/A-3a, PDF/UA-1","font":"Noto Sans CJK SC","unprintable":[],"left_out":[]}
//! {"code":"font_missing","details":"…"}
//! ```
//!
//! The same folder, fonts and mark give the same bytes in any process. The server limits the time; the process limits its
//! own memory.
//!
//! # Rooms
//!
//! ```text
//! answer
//! → fonts, input, picture, qr, svg, upload
//! → text
//! → template
//! → world
//! → render
//! ```

pub mod answer;
pub mod fonts;
pub mod input;
pub mod picture;
mod qr;
pub mod render;
mod svg;
mod template;
mod text;
pub mod upload;
mod world;

pub use answer::{Answer, Failure, FailureCode, LeftOut, Unprintable};
pub use fonts::Fonts;
pub use input::{Job, Mark};
pub use render::{PDF_BYTES_MAX, Rendered, render, render_agreement, render_notice, render_table};
