//! What a report says, frozen when it is generated: the page and the PDF are two renderings of it.
//!
//! Every text is in words that can be printed. A reader of the snapshot knows no rule and looks nothing up. Photos and
//! signatures are named by their content; their bytes lie beside it.

use super::ReportKind;
use crate::id::ContentId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The edition of this shape. A snapshot keeps the edition that it was made in.
pub const SNAPSHOT_EDITION: u16 = 1;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// [`SNAPSHOT_EDITION`] when it was made.
    pub edition: u16,
    /// What is on the cover.
    pub cover: Cover,
    /// Who signs, in the order of signing.
    pub signatures: Vec<Signature>,
    /// The firm's own statement, and the law that it is made under where the region names one.
    pub statements: Vec<String>,
    /// The firm's opinion: counts, and what is wrong by system.
    pub opinion: Opinion,
    /// Open faults of earlier reports.
    pub earlier: Vec<EarlierFault>,
    /// The project in named values: owner, address, contract, jurisdiction.
    pub basics: Vec<Named>,
    /// Its buildings.
    pub buildings: Vec<BuildingLine>,
    /// Who worked, and who answers for it.
    pub people: Vec<PersonLine>,
    /// What was measured with.
    pub instruments: Vec<InstrumentLine>,
    /// What the plan has for each ticked facility.
    pub facilities: Vec<FacilityLine>,
    /// The results, system by system.
    pub systems: Vec<SystemRecords>,
    /// What was isolated for a test, and put back.
    pub restored: Vec<RestoredLine>,
    /// The faults of this period, in the columns of GB 25201 table B.1.
    pub faults: Vec<FaultRecord>,
    /// What could not be tested, and why.
    pub untestable: Vec<UntestableLine>,
    /// The tasks, each with its times, its executor and its track.
    pub site_work: Vec<SiteWork>,
    /// The photos, in the order of their numbers.
    pub photos: Vec<PhotoLine>,
    /// The owner's witnesses.
    pub witnesses: Vec<WitnessLine>,
    /// What the report stands on.
    pub evidence: EvidenceLine,
    /// The file that somebody else wrote and that stands behind the cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadLine>,
    /// The dispatches that were ticked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispatches: Vec<DispatchRecord>,
    /// How a quarter or a year went; a month has no such part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
}

/// A file that is the text of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadLine {
    /// Its bytes.
    pub file: ContentId,
    /// How many there are, with the unit.
    pub size: String,
    /// What it concludes, in words; empty where the kind has no conclusion.
    pub conclusion: String,
}

/// How a quarter or a year went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Month by month.
    pub months: Vec<MonthLine>,
    /// What the ages of `ages` are, from the youngest.
    pub age_words: Vec<String>,
    /// The faults that are open, by system and age; of a year only.
    pub ages: Vec<AgeLine>,
    /// The faults whose repair the owner refuses; of a year only.
    pub refused: Vec<EarlierFault>,
    /// What the design prescribes, and what was measured; of a year only.
    pub designs: Vec<DesignLine>,
}

/// A month of a quarter or a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLine {
    /// The month.
    pub month: String,
    /// Whether a report is due: it is, the month was paused and why, or it is none of the contract's.
    pub due: String,
    /// The code of its report; empty where there is none.
    pub code: String,
    /// The day of its report.
    pub date: String,
    /// When it was filed, and whether late; empty where it is not.
    pub filed: String,
    /// How many faults were found in it.
    pub found: u32,
    /// How many of those are still open.
    pub open: u32,
}

/// The open faults of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeLine {
    /// The system.
    pub system: String,
    /// How many there are of each age.
    pub counts: Vec<u32>,
}

/// A value of the design, and what was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignLine {
    /// The item, and what is prescribed.
    pub what: String,
    /// The value.
    pub designed: String,
    /// Where it was read.
    pub source: String,
    /// What was measured, place by place; empty where nothing was.
    pub measured: Vec<String>,
}

/// The cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Month, quarter or year; inspection or evaluation.
    pub kind: ReportKind,
    /// What the document is called.
    pub title: String,
    /// The kind in words.
    pub kind_word: String,
    /// The report's name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The project.
    pub project: String,
    /// The owner.
    pub owner: String,
    /// The firm.
    pub organisation: String,
    /// The period in words.
    pub period: String,
    /// The day of the report.
    pub report_date: NaiveDate,
    /// The days of service, first and last.
    pub service: (NaiveDate, NaiveDate),
    /// Where the report can be verified: the address without the code.
    pub verify_at: String,
}

/// One who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// As what: who wrote it, who checked it.
    pub role: String,
    /// The name.
    pub name: String,
    /// The registration: its level and last day; empty when none is held.
    pub registration: String,
}

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What it is.
    pub name: String,
    /// What it says.
    pub value: String,
}

/// A count with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// The opinion of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// How many faults there are of each state.
    pub faults: Vec<Count>,
    /// How many items could not be tested, are ignored, or were decided against the proposal.
    pub items: Vec<Count>,
    /// What is wrong or could not be tested, by system; only systems that have something.
    pub systems: Vec<SystemOpinion>,
}

/// What is wrong in one system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemOpinion {
    /// The system.
    pub system: String,
    /// One line for each instance.
    pub lines: Vec<OpinionLine>,
}

/// One thing that is wrong, or could not be tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionLine {
    /// Facility and ordinal.
    pub facility: String,
    /// The item.
    pub item: String,
    /// The verdict.
    pub verdict: String,
    /// What was found.
    pub found: String,
    /// What follows: the way, who, when; empty for what has none.
    pub follow_up: String,
}

/// An open fault of an earlier report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierFault {
    /// The report that names it first.
    pub report: String,
    /// Facility, ordinal and item.
    pub place: String,
    /// What is wrong.
    pub fault: String,
    /// When it was found.
    pub found: String,
    /// Its state and latest way.
    pub standing: String,
    /// Its age in days on the day of the report.
    pub days: u32,
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildingLine {
    /// Its name.
    pub name: String,
    /// Its area, with the parts above and below ground.
    pub area: String,
    /// Its floors.
    pub floors: String,
    /// Its height.
    pub height: String,
    /// Its water supply.
    pub water: String,
    /// Its remark.
    pub remark: String,
}

/// A person who worked or answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The name.
    pub name: String,
    /// As what.
    pub role: String,
    /// The certificate; empty when none is known.
    pub certificate: String,
    /// What is to be said of it: expired, or expiring soon; empty when nothing is.
    pub warning: String,
}

/// An instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentLine {
    /// What it is.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// The last day of its calibration.
    pub valid_to: String,
    /// What is to be said of it; empty when nothing is.
    pub warning: String,
}

/// What the plan has for one facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityLine {
    /// The system.
    pub system: String,
    /// The facility.
    pub facility: String,
    /// How many items were planned.
    pub planned: u32,
    /// How many were done.
    pub done: u32,
    /// How many were ignored.
    pub ignored: u32,
    /// The reasons of those, or that the period has no item for it.
    pub remark: String,
}

/// The results of one system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemRecords {
    /// The system.
    pub system: String,
    /// Its results, in the order of the catalogue.
    pub records: Vec<Record>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Facility and ordinals.
    pub facility: String,
    /// The item.
    pub item: String,
    /// What it is held to.
    pub criterion: String,
    /// The sentence of the record.
    pub record: String,
    /// What was measured at each of many instances; empty for one.
    pub each: Vec<String>,
    /// Why a person decided against the proposal; empty when nobody did.
    pub override_text: String,
    /// The verdict in words.
    pub verdict: String,
    /// Whether it conforms.
    pub conforms: bool,
    /// The numbers of its photos.
    pub photos: Vec<u32>,
}

/// A system that was isolated for a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredLine {
    /// The system.
    pub system: String,
    /// When it was isolated.
    pub isolated: String,
    /// When it was put back to automatic.
    pub restored: String,
    /// By whom.
    pub by: String,
    /// The numbers of the photos of its panel.
    pub photos: Vec<u32>,
}

/// A fault of this period, as GB 25201 table B.1 asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRecord {
    /// Its number in this report.
    pub number: u32,
    /// When it was found.
    pub found: String,
    /// By whom.
    pub finder: String,
    /// Facility and ordinal.
    pub place: String,
    /// The item.
    pub item: String,
    /// What is wrong.
    pub fault: String,
    /// Its state.
    pub state: String,
    /// System stopped, brigade told, protective measures, the owner's opinion, who confirmed the removal: what is known.
    pub particulars: Vec<Named>,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// The numbers of its photos.
    pub photos: Vec<u32>,
}

/// One step of the handling of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// What.
    pub words: String,
}

/// A dispatch that was ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchRecord {
    /// What for.
    pub kind: String,
    /// Facility, ordinal, item and place of its fault.
    pub place: String,
    /// What was wrong.
    pub fault: String,
    /// Its team lead.
    pub team_lead: String,
    /// What was to be done; empty where a cause was looked for.
    pub plan: String,
    /// Where it stands.
    pub state: String,
    /// What happened to it, in order.
    pub steps: Vec<Step>,
}

/// What could not be tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UntestableLine {
    /// Facility and ordinals.
    pub facility: String,
    /// The item.
    pub item: String,
    /// Why.
    pub reason: String,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteWork {
    /// Its name.
    pub task: String,
    /// What it is for, where that is not the plan; empty for a planned one.
    pub kind: String,
    /// Executor, helpers, controller, begin, end, submission, whether it came in time, review.
    pub about: Vec<Named>,
    /// Minutes inside the fence, outside and not recorded; empty where no track is asked for.
    pub sums: Vec<Named>,
    /// The gaps of its track, with their causes.
    pub gaps: Vec<String>,
    /// The drawing of track and fence, as SVG; empty where there is none.
    pub map: String,
}

/// A photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoLine {
    /// Its number in this report, from 1.
    pub number: u32,
    /// The preview, a JPEG.
    pub preview: ContentId,
    /// The original, for who follows the evidence.
    pub original: ContentId,
    /// Facility, ordinal and item.
    pub caption: String,
    /// When it was taken.
    pub taken: String,
}

/// The owner's witness of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessLine {
    /// The task.
    pub task: String,
    /// The name.
    pub name: String,
    /// As what.
    pub role: String,
    /// When.
    pub signed: String,
    /// The signature, a picture.
    pub signature: ContentId,
}

/// What the report stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// The manifest of each task: its name and hash.
    pub manifests: Vec<Named>,
    /// How many facts count.
    pub facts: u32,
    /// How many photos.
    pub photos: u32,
    /// How many pieces of tracks.
    pub segments: u32,
    /// The catalogue by which was tested: edition and hash.
    pub catalogue: String,
}
