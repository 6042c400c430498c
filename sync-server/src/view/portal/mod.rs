//! What an owner's contact is told first: its buildings, what is open, what is new.

use super::Reader;
use crate::{
    query::{
        portal::{NewFault, NewReport},
        project::ProjectRow,
    },
    text::Text as T,
};
use firebee_domain::{
    fault::{Fault, Standing, standing},
    id::{FaultId, ProjectId, ReportId},
    project::months_without_report,
    suspension::PauseRequest,
    time::{Month, Timestamp},
};
use firebee_protocol::text::{
    Arg, Chip, Shape, Tone, When, tongue,
    when::{date, month},
    word,
};
use std::collections::HashMap;

/// A building of the owner: a project, as its owner sees it.
pub struct Building {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Whether it is safe, as far as anybody knows.
    pub standing: Chip,
    /// Of how many faults a system is stopped, if of any.
    pub stopped: Option<Chip>,
    /// When it was maintained last.
    pub maintained: String,
    /// Of which months the report is not issued, if of any.
    pub missing: Option<String>,
}

/// A fault that is open.
pub struct OpenFault {
    /// The fault.
    pub id: FaultId,
    /// The name of its item, in Chinese.
    pub name: String,
    /// What is wrong.
    pub text: String,
    /// Its project's name.
    pub project: String,
    /// Where it stands.
    pub state: Chip,
}

/// Something that the reader has not looked at yet.
pub struct News {
    /// What happened.
    pub what: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub page: NewPage,
    /// When.
    pub when: When,
}

/// The page of something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPage {
    /// That of a report.
    Report(ReportId),
    /// That of a fault.
    Fault(FaultId),
}

/// What the page is made of.
pub struct PortalSources<'a> {
    /// The owner's projects.
    pub projects: &'a [ProjectRow],
    /// The open faults, the latest first.
    pub faults: &'a [Fault],
    /// When each project was maintained last.
    pub maintained: &'a HashMap<ProjectId, Timestamp>,
    /// The months whose report is issued, by project.
    pub reported: &'a HashMap<ProjectId, Vec<Month>>,
    /// The pauses of the projects.
    pub pauses: &'a [PauseRequest],
    /// The reports that the reader has not looked at.
    pub new_reports: &'a [NewReport],
    /// The faults that the reader has not looked at.
    pub new_faults: &'a [NewFault],
}

/// The owner's home.
pub struct PortalView {
    /// The buildings, those with open faults first.
    pub buildings: Vec<Building>,
    /// The open faults, the latest first.
    pub faults: Vec<OpenFault>,
    /// What is new, the latest first.
    pub news: Vec<News>,
    /// How many reports are not issued, of all buildings.
    pub missing: usize,
}

/// The owner's home in words.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &PortalSources<'_>) -> PortalView {
    let mut projects: Vec<&ProjectRow> = sources.projects.iter().collect();
    let open = |row: &ProjectRow| sources.faults.iter().any(|fault| fault.project == row.project.id);
    projects.sort_by_key(|row| !open(row));
    PortalView {
        missing: projects.iter().map(|row| missing(reader, sources, row).len()).sum(),
        buildings: projects.into_iter().map(|row| building(reader, sources, row)).collect(),
        faults: sources.faults.iter().map(|fault| open_fault(reader, sources, fault)).collect(),
        news: news(reader, sources),
    }
}

/// One building in words.
#[must_use]
pub fn building(reader: Reader<'_>, sources: &PortalSources<'_>, row: &ProjectRow) -> Building {
    let project = &row.project;
    let maintained = sources.maintained.get(&project.id).copied();
    let standing = standing(maintained, sources.faults.iter().filter(|fault| fault.project == project.id));
    let stopped = match standing {
        Standing::Faulty { stopped, .. } if stopped > 0 => {
            Some(Chip::wrong(counted(reader, T::PortalStopped, stopped)))
        }
        _ => None,
    };
    let months = missing(reader, sources, row).into_iter().map(|missing| month(reader.language, missing));
    let months = word::join(reader.language, months);
    Building {
        id: project.id,
        name: project.name.clone(),
        address: project.address.clone(),
        standing: chip(reader, standing),
        stopped,
        maintained: match maintained {
            Some(at) => {
                let day = date(reader.language, at.china_day());
                reader.say(T::PortalMaintained, &[("day", Arg::from(day))])
            }
            None => reader.t(T::PortalMaintainedNever),
        },
        missing: (!months.is_empty()).then(|| reader.say(T::PortalMissing, &[("months", Arg::from(months))])),
    }
}

fn counted(reader: Reader<'_>, text: T, count: u32) -> String {
    reader.n(text, count as usize)
}

/// the months that owe a report which is not issued.
fn missing(reader: Reader<'_>, sources: &PortalSources<'_>, row: &ProjectRow) -> Vec<Month> {
    let reported = sources.reported.get(&row.project.id).map_or(&[][..], Vec::as_slice);
    months_without_report(&row.project, sources.pauses, reported, reader.now.china_day())
}

fn chip(reader: Reader<'_>, standing: Standing) -> Chip {
    let (tone, shape, word) = match standing {
        Standing::Unknown => (Tone::Untestable, Shape::Circle, reader.t(T::PortalUnknown)),
        Standing::Sound => (Tone::Conform, Shape::Check, reader.t(T::PortalSound)),
        Standing::Faulty { open, .. } => (Tone::Nonconform, Shape::Warn, counted(reader, T::PortalFaulty, open)),
    };
    Chip { tone, shape, word }
}

fn open_fault(reader: Reader<'_>, sources: &PortalSources<'_>, fault: &Fault) -> OpenFault {
    let project = sources.projects.iter().find(|row| row.project.id == fault.project);
    OpenFault {
        id: fault.id,
        name: fault.item_name.clone(),
        text: fault.description.told(None, tongue(reader.language)),
        project: project.map(|row| row.project.name.clone()).unwrap_or_default(),
        state: Chip::fault(reader.language, fault.state),
    }
}

fn news(reader: Reader<'_>, sources: &PortalSources<'_>) -> Vec<News> {
    let reports = sources.new_reports.iter().map(|report| News {
        what: reader.t(T::PortalNewReport),
        name: report.name.clone(),
        page: NewPage::Report(report.id),
        when: reader.when(report.at),
    });
    let faults = sources.new_faults.iter().map(|fault| News {
        what: reader.t(T::PortalNewFault),
        name: format!("{} \u{b7} {}", fault.project, fault.name),
        page: NewPage::Fault(fault.id),
        when: reader.recorded(&fault.found),
    });
    let mut news: Vec<News> = reports.chain(faults).collect();
    news.sort_by_key(|line| std::cmp::Reverse(line.when.at));
    news
}
