//! `firebee admin region`: what holds in the region of this server.

use super::sentence;
use crate::{office::region::set, state::App};
use clap::{Args, ValueEnum};
use firebee_domain::{
    region::{CodePattern, Region},
    report::Overdue,
    retention::Retention,
};

/// What is not given stays as it is; without anything it only shows what holds.
#[derive(Args, Clone, Debug)]
pub(super) struct RegionArgs {
    /// What the region is called
    #[arg(long)]
    name: Option<String>,
    /// The law that asks for the filing of reports, in words; it stands beside the filing and on its receipt
    #[arg(long, value_name = "TEXT")]
    legal_note: Option<String>,
    /// The form of a report's code: YYYY is the year, MM the month, # a digit of the number, such as "ZXJYYYY No.####"; `free`
    /// for free text
    #[arg(long, value_name = "PATTERN")]
    report_code: Option<String>,
    /// The radius of a fence for which nobody types one, in metres
    #[arg(long, value_name = "M")]
    fence_radius_m: Option<u32>,
    /// Working days to file a report
    #[arg(long, value_name = "DAYS")]
    filing_working_days: Option<u16>,
    /// What becomes of a report that is generated after its period
    #[arg(long, value_enum)]
    overdue: Option<OverdueArg>,
    /// Whether selfies are printed in reports
    #[arg(long, value_name = "BOOL")]
    selfies_printed: Option<bool>,
    /// Years that photos and selfies are kept after their task was handed in
    #[arg(long, value_name = "YEARS")]
    keep_photos: Option<u16>,
    /// Years that the signatures of witnesses are kept
    #[arg(long, value_name = "YEARS")]
    keep_signatures: Option<u16>,
    /// Years that tracks are kept
    #[arg(long, value_name = "YEARS")]
    keep_tracks: Option<u16>,
    /// Years that the files of decisions and of handled faults are kept
    #[arg(long, value_name = "YEARS")]
    keep_files: Option<u16>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum OverdueArg {
    /// It is refused
    Refuse,
    /// It is made, and marked overdue
    Mark,
}

impl From<OverdueArg> for Overdue {
    fn from(argument: OverdueArg) -> Self {
        match argument {
            OverdueArg::Refuse => Self::Refuse,
            OverdueArg::Mark => Self::Mark,
        }
    }
}

impl RegionArgs {
    pub(super) async fn run(self, app: &App) -> Result<(), String> {
        let pattern = match self.report_code.as_deref() {
            None => None,
            Some("free") => Some(None),
            Some(typed) => Some(Some(typed.parse::<CodePattern>().map_err(|error| sentence(&error))?)),
        };
        let change = move |region: &mut Region| {
            let Self { name, legal_note, fence_radius_m, filing_working_days, overdue, selfies_printed, .. } =
                self.clone();
            let before = std::mem::take(region);
            let retention = Retention {
                photo: self.keep_photos.unwrap_or(before.retention.photo),
                signature: self.keep_signatures.unwrap_or(before.retention.signature),
                track: self.keep_tracks.unwrap_or(before.retention.track),
                file: self.keep_files.unwrap_or(before.retention.file),
            };
            *region = Region {
                name: name.unwrap_or(before.name),
                legal_note: legal_note.unwrap_or(before.legal_note),
                report_code: pattern.clone().unwrap_or(before.report_code),
                fence_radius_m: fence_radius_m.unwrap_or(before.fence_radius_m),
                filing_working_days: filing_working_days.unwrap_or(before.filing_working_days),
                overdue: overdue.map_or(before.overdue, Overdue::from),
                selfies_printed: selfies_printed.unwrap_or(before.selfies_printed),
                retention,
            };
        };
        let region = set(&app.office, change).await.map_err(|error| sentence(&error))?;
        tell(&region);
        Ok(())
    }
}

fn tell(region: &Region) {
    let Region { name, legal_note, report_code, fence_radius_m, filing_working_days, overdue, selfies_printed, .. } =
        region;
    let pattern = report_code.as_ref().map_or_else(|| "free".to_owned(), ToString::to_string);
    let overdue = match overdue {
        Overdue::Refuse => "refuse",
        Overdue::Mark => "mark",
    };
    println!("name {name}\nlegal-note {legal_note}\nreport-code {pattern}\nfence-radius-m {fence_radius_m}");
    println!("filing-working-days {filing_working_days}\noverdue {overdue}\nselfies-printed {selfies_printed}");
    let Retention { photo, signature, track, file } = region.retention;
    println!("keep-photos {photo}\nkeep-signatures {signature}\nkeep-tracks {track}\nkeep-files {file}");
}
