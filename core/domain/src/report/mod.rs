//! Reports (消防技术服务结论文件): what is generated of the approved tasks of a plan, and what is filed.

mod file;
mod kind;
mod name;
mod snapshot;
mod verification;

pub use file::{FileError, Filing, ReportFiled, check_open, file};
pub use kind::ReportKind;
pub use name::name;
pub use snapshot::{
    BuildingLine, Count, Cover, EarlierFault, EvidenceLine, FacilityLine, FaultRecord, InstrumentLine, Named, Opinion,
    OpinionLine, PersonLine, PhotoLine, Record, RestoredLine, SNAPSHOT_EDITION, Signature, SiteWork, Snapshot, Step,
    SystemOpinion, SystemRecords, UntestableLine, WitnessLine,
};
pub use verification::{VerificationCode, VerificationError};
