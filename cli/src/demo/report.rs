//! The result of the demo: one JSON object for machines, two tables for people.

use super::{
    gpx::Odd,
    inputs::{Partly, Refused},
    teller::Teller,
    text::Text,
};
use crate::proxy::Counts;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use firebee_domain::{account::Category, geofence::CoverageVerdict};
use firebee_protocol::text::Text as Shared;
use serde::Serialize;
use std::collections::BTreeMap;

/// Tables fit a terminal of so many columns.
const COLUMNS: u16 = 80;
/// Three lines: above, below the head, below. Rows stand close.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// The whole result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// What became of the facts.
    pub facts: Facts,
    /// What became of the blobs.
    pub blobs: Blobs,
    /// The pictures that were given.
    pub photos: Photos,
    /// The tracks that were given.
    pub tracks: Tracks,
    /// Rounds.
    pub tasks: Tasks,
    /// Faults.
    pub faults: Faults,
    /// Dispatches.
    pub dispatches: Dispatches,
    /// Reports.
    pub reports: Reports,
    /// What the owner did with them.
    pub owners: Owners,
    /// What the fire service did.
    pub oversight: Oversight,
    /// Phones.
    pub devices: Devices,
    /// Whether what was handed in came in time.
    pub time: Times,
    /// What the link did.
    pub net: Counts,
    /// Who can sign in.
    pub accounts: Vec<Login>,
    /// The server.
    pub server: Server,
    /// How long it took, with one decimal.
    pub seconds: f64,
}

/// What became of the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Found in the phones' journals.
    pub recorded: usize,
    /// Of those, found on the server, and they count.
    pub accepted: usize,
    /// Of those, found on the server, and they do not count.
    pub quarantined: usize,
    /// Of those, not found on the server; and blobs there that are not what their name says.
    pub lost: usize,
}

/// What became of the blobs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Blobs {
    /// Named by the facts in the journals.
    pub announced: usize,
    /// Of those, found on the server with exactly the bytes that their name promises.
    pub verified: usize,
    /// The bytes of those.
    pub bytes: u64,
}

/// The pictures that were given.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Photos {
    /// How many files.
    pub given: usize,
    /// How many became evidence.
    pub used: usize,
    /// The others.
    pub refused: Vec<Refused>,
}

/// The tracks that were given.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tracks {
    /// How many files.
    pub given: usize,
    /// How many give a walk.
    pub used: usize,
    /// The others.
    pub refused: Vec<Refused>,
    /// The used ones of which something is left out or doubtful, or that give several walks.
    pub partly: Vec<Partly>,
    /// The walks; a file may give several.
    pub rows: Vec<TrackRow>,
}

/// One walked track.
#[derive(Clone, Debug, Serialize)]
pub struct TrackRow {
    /// The file.
    pub file: String,
    /// Its points.
    pub points: usize,
    /// The bytes of its segments on the server.
    pub bytes: u64,
    /// Minutes of its task inside the fence, with one decimal.
    pub minutes_inside: f64,
    /// Outside.
    pub minutes_outside: f64,
    /// Of which nothing is known.
    pub minutes_not_recorded: f64,
    /// How often it is silent.
    pub gaps: usize,
    /// What it says about the fence.
    pub verdict: CoverageVerdict,
}

/// Rounds of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tasks {
    /// Handed in.
    pub submitted: usize,
    /// Sent back.
    pub rejected: usize,
    /// Accepted.
    pub approved: usize,
}

/// Results that did not conform, and what the lead did about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Found by submissions.
    pub created: usize,
    /// How often the lead chose each way.
    pub by_way: BTreeMap<&'static str, usize>,
    /// Resolved by a dispatch.
    pub resolved: usize,
    /// Left open by the report, and resolved in the next month.
    pub followed: usize,
}

/// People who were sent to troubleshoot or repair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dispatches {
    /// Issued to a team lead.
    pub issued: usize,
    /// Finished, and the fault is gone.
    pub resolved: usize,
    /// Finished, and the fault is still there.
    pub unresolved: usize,
}

/// Reports of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reports {
    /// Generated from what was approved.
    pub generated: usize,
    /// Of those, filed by the technical director.
    pub filed: usize,
    /// Of those, filed after their last day.
    pub late: usize,
    /// The pages of the PDF that was printed; none without the program that prints.
    pub pages: usize,
    /// Its bytes.
    pub bytes: usize,
}

/// What the owner's contact did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Owners {
    /// Who of them has looked at the report, as the firm sees it.
    pub views: usize,
    /// Repairs that they asked for.
    pub repairs: usize,
}

/// What the fire service did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Oversight {
    /// Tasks that it drew for its sample of the week.
    pub samples: usize,
    /// Applications of the firm that it approved.
    pub approvals: usize,
}

/// Phones that wanted an account which another one holds, lost it, or got an old backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Devices {
    /// Turned away because another phone holds the account.
    pub refused: usize,
    /// Those whose account a manager took away.
    pub fenced: usize,
    /// Facts that such a phone sent afterwards, and that a person adopted.
    pub salvaged_facts: u64,
    /// Files that such a phone sent afterwards.
    pub salvaged_blobs: u64,
    /// Stores that took over from one that must not go on, as after a restored backup.
    pub succeeded: usize,
}

/// Whether the last rounds came by the last day of their plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// In time.
    pub in_time: usize,
    /// Too late.
    pub late: usize,
    /// Nothing shows that they came in time.
    pub not_provable: usize,
}

/// An account of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Login {
    /// What it may do.
    pub role: Category,
    /// What to sign in with.
    pub login: String,
    /// Its password; made for this run.
    pub password: String,
}

/// The server of the demo.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Where the console is.
    pub url: String,
    /// Its data folder.
    pub data: String,
}

impl Report {
    /// Whether everything that was recorded is accepted and everything announced verified.
    pub fn is_whole(&self) -> bool {
        let Facts { recorded, accepted, lost, .. } = self.facts;
        lost == 0 && accepted == recorded && self.blobs.verified == self.blobs.announced
    }

    /// The tables, for people.
    pub fn tell(&self, teller: &Teller) {
        teller.plain(&self.sums(teller).to_string());
        if !self.tracks.rows.is_empty() {
            teller.plain(&self.walks(teller).to_string());
        }
        let refused = self.photos.refused.iter().chain(&self.tracks.refused);
        for Refused { file, code } in refused {
            let reason = teller.problem(*code);
            teller.note(
                Text::DemoRefusedFile,
                &[("file", file.into()), ("reason", reason.into()), ("code", code.word().into())],
            );
        }
        for partly in &self.tracks.partly {
            let what = oddities(partly, teller);
            teller.note(Text::DemoOddFile, &[("file", (&partly.file).into()), ("what", what.into())]);
        }
    }

    fn sums(&self, teller: &Teller) -> Table {
        let mut table = table([teller.say(Text::DemoColumnWhat), teller.say(Text::DemoColumnNumber)]);
        let (handled, sent, phones) = (self.faults.by_way.values().sum::<usize>(), &self.dispatches, &self.devices);
        let rows = [
            (Text::DemoRowRecorded, self.facts.recorded.to_string()),
            (Text::DemoRowAccepted, self.facts.accepted.to_string()),
            (Text::DemoRowQuarantined, self.facts.quarantined.to_string()),
            (Text::DemoRowLost, self.facts.lost.to_string()),
            (Text::DemoRowAnnounced, self.blobs.announced.to_string()),
            (Text::DemoRowVerified, self.blobs.verified.to_string()),
            (Text::DemoRowBytes, grouped(self.blobs.bytes)),
            (Text::DemoRowPhotos, format!("{} / {}", self.photos.used, self.photos.given)),
            (Text::DemoRowTracks, format!("{} / {}", self.tracks.used, self.tracks.given)),
            (
                Text::DemoRowRounds,
                format!("{} / {} / {}", self.tasks.submitted, self.tasks.rejected, self.tasks.approved),
            ),
            (Text::DemoRowFaults, format!("{} / {} / {}", self.faults.created, handled, self.faults.resolved)),
            (Text::DemoRowDispatches, format!("{} / {} / {}", sent.issued, sent.resolved, sent.unresolved)),
            (
                Text::DemoRowReports,
                format!("{} / {} / {}", self.reports.generated, self.reports.filed, self.reports.pages),
            ),
            (
                Text::DemoRowBeyond,
                format!(
                    "{} / {} / {} / {}",
                    self.owners.views, self.owners.repairs, self.oversight.samples, self.oversight.approvals
                ),
            ),
            (Text::DemoRowDevices, format!("{} / {} / {}", phones.refused, phones.fenced, phones.succeeded)),
            (Text::DemoRowSalvaged, format!("{} / {}", phones.salvaged_facts, phones.salvaged_blobs)),
            (Text::DemoRowTime, format!("{} / {} / {}", self.time.in_time, self.time.late, self.time.not_provable)),
            (
                Text::DemoRowNet,
                format!("{} / {} / {}", self.net.lost_replies, self.net.resets_in_blob, self.net.duplicates),
            ),
            (Text::DemoRowSeconds, format!("{:.1}", self.seconds)),
        ];
        for (what, number) in rows {
            table.add_row([teller.say(what), number]);
        }
        align(&mut table, &[1]);
        table
    }

    fn walks(&self, teller: &Teller) -> Table {
        let head = [
            Text::DemoColumnTrack,
            Text::DemoColumnPoints,
            Text::DemoColumnBytes,
            Text::DemoColumnInside,
            Text::DemoColumnOutside,
            Text::DemoColumnSilent,
            Text::DemoColumnVerdict,
        ];
        let mut table = table(head.map(|text| teller.say(text)));
        for row in &self.tracks.rows {
            table.add_row([
                row.file.clone(),
                row.points.to_string(),
                grouped(row.bytes),
                format!("{:.1}", row.minutes_inside),
                format!("{:.1}", row.minutes_outside),
                format!("{:.1}", row.minutes_not_recorded),
                teller.say(verdict(row.verdict)),
            ]);
        }
        align(&mut table, &[1, 2, 3, 4, 5]);
        table
    }
}

/// What is odd about a used file, each with its count.
fn oddities(Partly { walks, odd, .. }: &Partly, teller: &Teller) -> String {
    let Odd { without_time, not_after, implausible, unreadable, maybe_1024_weeks_early, cut_short } = *odd;
    let counts = [
        (Text::DemoOddWithoutTime, without_time, 1),
        (Text::DemoOddNotAfter, not_after, 1),
        (Text::DemoOddImplausible, implausible, 1),
        (Text::DemoOddUnreadable, unreadable, 1),
        (Text::DemoOddWeeks, maybe_1024_weeks_early, 1),
        (Text::DemoOddCutShort, usize::from(cut_short), 1),
        (Text::DemoOddWalks, *walks, 2),
    ];
    let told = counts.into_iter().filter(|(_, count, from)| count >= from);
    let told: Vec<String> = told.map(|(text, count, _)| teller.say_with(text, &[("count", count.into())])).collect();
    told.join(&teller.say(Text::DemoOddBetween))
}

/// The word that stands on phone, console and report, too.
pub const fn verdict(verdict: CoverageVerdict) -> Shared {
    match verdict {
        CoverageVerdict::Covered => Shared::WordTrackCovered,
        CoverageVerdict::NotCovered => Shared::WordTrackNotCovered,
        CoverageVerdict::NotRecorded => Shared::WordTrackNotRecorded,
    }
}

/// Milliseconds as minutes with one decimal.
pub fn minutes(ms: i64) -> f64 {
    (ms as f64 / 6_000.0).round() / 10.0
}

fn table<const N: usize>(head: [String; N]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(COLUMNS).set_header(head);
    table
}

fn align(table: &mut Table, numbers: &[usize]) {
    for column in numbers {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// A number with a thin grouping: 1 234 567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_protocol::text::Language;

    fn report() -> Report {
        let row = TrackRow {
            file: "a-long-name-of-a-walk-around-the-lake-and-back.gpx".into(),
            points: 28_800,
            bytes: 1_234_567,
            minutes_inside: 12.3,
            minutes_outside: 480.0,
            minutes_not_recorded: 0.1,
            gaps: 3,
            verdict: CoverageVerdict::NotCovered,
        };
        let odd = Odd { without_time: 3, maybe_1024_weeks_early: 9, ..Odd::default() };
        let partly = vec![Partly { file: "two-days.gpx".into(), walks: 2, odd }];
        Report { tracks: Tracks { given: 1, used: 1, refused: vec![], partly, rows: vec![row] }, ..Report::default() }
    }

    #[test]
    fn the_keys_of_the_object_are_the_ones_that_machines_read() {
        let value = serde_json::to_value(report()).unwrap();
        let keys = |at: &str| {
            let object = value.pointer(at).and_then(|held| held.as_object()).unwrap();
            object.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(keys("/facts"), "accepted lost quarantined recorded");
        assert_eq!(keys("/net"), "duplicates lost_replies resets_in_blob");
        assert_eq!(keys("/time"), "in_time late not_provable");
        assert_eq!(keys("/faults"), "by_way created followed resolved");
        assert_eq!(keys("/reports"), "bytes filed generated late pages");
        assert_eq!((keys("/owners").as_str(), keys("/oversight").as_str()), ("repairs views", "approvals samples"));
        assert_eq!(keys("/dispatches"), "issued resolved unresolved");
        assert_eq!(keys("/devices"), "fenced refused salvaged_blobs salvaged_facts succeeded");
        assert_eq!(
            keys("/tracks/rows/0"),
            "bytes file gaps minutes_inside minutes_not_recorded minutes_outside points verdict"
        );
        assert_eq!(
            keys("/tracks/partly/0"),
            "cut_short file implausible maybe_1024_weeks_early not_after unreadable walks without_time"
        );
        assert_eq!(
            keys(""),
            "accounts blobs devices dispatches facts faults net oversight owners photos reports seconds server tasks time tracks"
        );
        assert_eq!(value.pointer("/tracks/rows/0/verdict").unwrap(), "not_covered");
    }

    #[test]
    fn what_is_odd_about_a_used_file_is_told_with_its_counts() {
        let said = |language| oddities(&report().tracks.partly[0], &Teller::silent(language));
        assert_eq!(
            said(Language::En),
            "points without a time, left out: 3; points used whose time may be 1,024 weeks too early: 9; walks in it: 2"
        );
        assert_eq!(
            said(Language::Zh),
            "没有时间、未使用的点 3 个；已使用、时间可能早了 1024 周的点 9 个；分为 2 条轨迹"
        );
        let all = Odd { not_after: 1, implausible: 1, unreadable: 1, cut_short: true, ..Odd::default() };
        let partly = Partly { file: String::new(), walks: 1, odd: all };
        assert_eq!(oddities(&partly, &Teller::silent(Language::En)).split("; ").count(), 4);
    }

    #[test]
    fn both_tables_fit_80_columns_in_both_languages() {
        for language in Language::ALL {
            let teller = Teller::silent(language);
            for table in [report().sums(&teller), report().walks(&teller)] {
                for line in table.to_string().lines() {
                    let wide = line.chars().filter(|letter| *letter > '\u{2e80}').count();
                    assert!(line.chars().count() + wide <= usize::from(COLUMNS), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_report_is_whole_when_all_is_accepted_and_verified() {
        let mut report = Report {
            facts: Facts { recorded: 3, accepted: 3, quarantined: 0, lost: 0 },
            blobs: Blobs { announced: 2, verified: 2, bytes: 9 },
            ..Report::default()
        };
        assert!(report.is_whole());
        report.facts.accepted = 2;
        assert!(!report.is_whole());
        report.facts = Facts { recorded: 3, accepted: 3, quarantined: 0, lost: 1 };
        assert!(!report.is_whole());
        report.facts.lost = 0;
        report.blobs.verified = 1;
        assert!(!report.is_whole());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([7, 1_000, 1_234_567].map(grouped), ["7", "1\u{a0}000", "1\u{a0}234\u{a0}567"]);
    }
}
