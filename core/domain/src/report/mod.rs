//! Reports: what is generated of the approved tasks of a plan, and what is filed.

mod agreement;
mod counters;
mod file;
#[cfg(test)]
pub(crate) mod fixture;
mod generate;
mod kind;
mod name;
mod notice;
mod number;
mod paper;
mod snapshot;
mod table;
pub mod upload;
mod verification;
mod void;

pub use agreement::{AGREEMENT_EDITION, Agreement, Article, Party};
pub use counters::Counters;
pub use file::{FileError, Filing, ReportFiled, check_open, check_valid, file};
pub use generate::{Candidate, Chosen, Ground, Obstacle, Overdue};
pub use kind::ReportKind;
pub use name::name;
pub use notice::{NOTICE_EDITION, Notice};
pub use number::{CODE_LENGTH_MAX, CodeError, code, proposed};
pub use paper::{COPIES_MAX, HandedOut, PAPER_ENTRIES_MAX, PaperError, RECIPIENT_LENGTH_MAX, SignedCopy};
pub use snapshot::{
    AgeLine, BuildingLine, Count, Course, Cover, DesignLine, DispatchRecord, EarlierFault, EvidenceLine, FacilityLine,
    FaultRecord, InstrumentLine, MonthLine, Named, Opinion, OpinionLine, PersonLine, PhotoLine, Record, RestoredLine,
    SNAPSHOT_EDITION, Signature, SiteWork, Snapshot, Step, SystemOpinion, SystemRecords, UntestableLine, UploadLine,
    WitnessLine,
};
pub use table::{TABLE_EDITION, Table, TableRow};
pub use upload::{Conclusion, Form, UploadError, UploadFound};
pub use verification::{VerificationCode, VerificationError};
pub use void::{Void, VoidError, revised};

use crate::{
    calendar::FilingDeadline,
    id::{AccountId, ContentId, PlanId, ProjectId, ReportId, TaskId},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A report: generated (not filed) → filed, which is final, or deleted. What it says is its [`Snapshot`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The project.
    pub project: ProjectId,
    /// The plan that it reports on.
    pub plan: PlanId,
    /// What it is.
    pub kind: ReportKind,
    /// What it is called.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The day of the report.
    pub report_date: NaiveDate,
    /// The days of service, first and last.
    pub service: (NaiveDate, NaiveDate),
    /// The tasks in it.
    pub tasks: Vec<TaskId>,
    /// It was generated after its period.
    pub overdue: bool,
    /// Who generated it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// The code that its cover shows.
    pub verification: VerificationCode,
    /// Until when it is to be filed.
    pub deadline: FilingDeadline,
    /// That it was filed.
    pub filing: Option<Filing>,
    /// The file that is its text, where it was uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<ContentId>,
    /// What it concludes, where it is of an inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Conclusion>,
    /// The copies that came back signed or sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<SignedCopy>,
    /// The copies that were handed out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed_out: Vec<HandedOut>,
    /// Whether it is of a training project, and so never valid.
    #[serde(default, skip_serializing_if = "crate::project::is_false")]
    pub training: bool,
    /// That it counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Void>,
}

impl Report {
    /// How it came into being.
    pub const fn form(&self) -> Form {
        match self.upload {
            Some(_) => Form::Uploaded,
            None => Form::Generated,
        }
    }
}
