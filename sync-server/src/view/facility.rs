//! A facility of a project: where its instances are, what was last found there, what its design prescribes.

use super::Reader;
use crate::{query::project::ProjectRow, text::Text as T};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::{Catalogue, Facility, FacilityRef, Field, FieldKind, Item, Source},
    history::{Found, History, OpenFault, Position, Positions},
    id::ProjectId,
    project::{DESIGN_VARIANT, DesignValue, Project, designed},
};
use firebee_protocol::{
    text::tongue,
    text::{Arg, Chip, When, when::date, word},
};
use std::collections::BTreeMap;

/// A facility.
pub struct FacilityView {
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The catalogue's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of its system.
    pub system: String,
    /// The list as a form takes it.
    pub list: String,
    /// Its instances, in the order of the list.
    pub instances: Vec<InstanceLine>,
    /// What the design prescribes.
    pub design: Vec<DesignLine>,
    /// What can be entered of the design.
    pub asked: Vec<DesignChoice>,
    /// Whether the reader keeps the list and enters the design.
    pub may_edit: bool,
}

/// An instance.
pub struct InstanceLine {
    /// Its ordinal.
    pub ordinal: u32,
    /// Where it is.
    pub place: String,
    /// The text of its tag; empty without one.
    pub tag: String,
    /// What was last found there.
    pub last: Option<LastLine>,
    /// Its open faults.
    pub faults: Vec<String>,
}

/// What was last found at an instance.
pub struct LastLine {
    /// The gravest verdict of its items.
    pub verdict: Chip,
    /// When the latest of them was recorded.
    pub when: When,
}

/// A value of the design.
pub struct DesignLine {
    /// Of which item and field.
    pub what: String,
    /// The value with its unit.
    pub value: String,
    /// Where it was read, and the date of that.
    pub source: String,
}

/// A value that can be entered.
pub struct DesignChoice {
    /// Item and field, as the form sends them.
    pub key: String,
    /// What it is called.
    pub word: String,
    /// What may be entered, where that is a choice; otherwise the unit.
    pub hint: String,
}

/// The view of a facility that the project has ticked; `None` of any other.
#[must_use]
pub fn view(
    reader: Reader<'_>,
    (row, subject): (&ProjectRow, &Subject),
    history: &History,
    catalogue: &Catalogue,
) -> Option<FacilityView> {
    let FacilityRef { system, facility, .. } = catalogue.facility(&history.facility)?;
    let project = &row.project;
    if !project.facilities.contains(&facility.code) {
        return None;
    }
    let tongue = tongue(reader.language);
    Some(FacilityView {
        project: project.id,
        project_name: project.name.clone(),
        code: facility.code.clone(),
        name: tongue.of(&facility.name, &facility.name_en).to_owned(),
        system: tongue.of(&system.name, &system.name_en).to_owned(),
        list: history.positions.to_text(),
        instances: instances(reader, history, catalogue),
        design: designs(reader, project, facility),
        asked: asked(reader, facility),
        may_edit: project.termination.is_none() && reader.may(Action::EditProject, subject),
    })
}

/// The most lines that are shown of what somebody else changed.
const CHANGED_SHOWN: usize = 20;

/// What somebody else changed in the list while a form was open.
pub struct ListChange {
    /// Lines that stand in the list now.
    pub added: Vec<String>,
    /// Lines that stood in it before.
    pub removed: Vec<String>,
    /// How many lines are not shown, if there are any.
    pub more: Option<String>,
}

/// What changed from one list to the next.
#[must_use]
pub fn list_change(reader: Reader<'_>, now: &Positions, before: &Positions) -> ListChange {
    let (mut added, mut removed) = now.changed_since(before);
    let more = added.len().saturating_sub(CHANGED_SHOWN) + removed.len().saturating_sub(CHANGED_SHOWN);
    added.truncate(CHANGED_SHOWN);
    removed.truncate(CHANGED_SHOWN);
    ListChange { added, removed, more: (more > 0).then(|| reader.n(T::FacilityChangedMore, more)) }
}

fn instances(reader: Reader<'_>, history: &History, catalogue: &Catalogue) -> Vec<InstanceLine> {
    let mut last: BTreeMap<u32, Vec<&Found>> = BTreeMap::new();
    for found in history.visits.iter().flat_map(|visit| &visit.found) {
        for ordinal in found.ordinals.iter() {
            last.entry(ordinal).or_default().push(found);
        }
    }
    let line = |held: &Position| {
        let found = last.get(&held.ordinal).map(Vec::as_slice).unwrap_or_default();
        let gravest = found.iter().map(|found| found.verdict).max_by_key(|verdict| verdict.gravity());
        let latest = found.iter().map(|found| found.at).max_by_key(|at| at.latest());
        let of_instance = history.faults.iter().filter(|fault| fault.ordinal == held.ordinal);
        InstanceLine {
            ordinal: held.ordinal,
            place: held.place.clone(),
            tag: held.tag.clone().unwrap_or_default(),
            last: gravest.zip(latest).map(|(gravest, at)| LastLine {
                verdict: Chip::verdict(reader.language, gravest),
                when: reader.recorded(&at),
            }),
            faults: of_instance.map(|fault| told(reader, fault, catalogue)).collect(),
        }
    };
    history.positions.list().iter().map(line).collect()
}

fn told(reader: Reader<'_>, fault: &OpenFault, catalogue: &Catalogue) -> String {
    let found = catalogue.item(&fault.item_id).map(|found| (catalogue, found));
    fault.description.told(found, tongue(reader.language))
}

/// What the design of a project prescribes for everything that it has ticked, each with its item and field.
#[must_use]
pub fn design_lines(reader: Reader<'_>, project: &Project, catalogue: &Catalogue) -> Vec<(String, String, DesignLine)> {
    let mut lines = Vec::new();
    for code in &project.facilities {
        let items = catalogue.facility(code).map_or(&[][..], |held| held.facility.items.as_slice());
        for item in items {
            for known in designed(&project.design_values, &item.id) {
                let line = DesignLine {
                    what: format!(
                        "{} \u{b7} {}",
                        facility_name(reader, catalogue, code),
                        what(reader, item, &known.field)
                    ),
                    value: value(reader, item, known),
                    source: source(reader, known),
                };
                lines.push((item.id.clone(), known.field.clone(), line));
            }
        }
    }
    lines
}

fn facility_name(reader: Reader<'_>, catalogue: &Catalogue, code: &str) -> String {
    let known = catalogue.facility(code).map(|held| held.facility);
    known.map(|held| tongue(reader.language).of(&held.name, &held.name_en).to_owned()).unwrap_or_default()
}

/// The latest value of each field, in the order of the items.
fn designs(reader: Reader<'_>, project: &Project, facility: &Facility) -> Vec<DesignLine> {
    let mut lines = Vec::new();
    for item in &facility.items {
        for known in designed(&project.design_values, &item.id) {
            lines.push(DesignLine {
                what: what(reader, item, &known.field),
                value: value(reader, item, known),
                source: source(reader, known),
            });
        }
    }
    lines
}

fn what(reader: Reader<'_>, item: &Item, field: &str) -> String {
    let tongue = tongue(reader.language);
    let name = tongue.of(&item.name, &item.name_en);
    let label = item.record.field(field).map(|field| tongue.of(&field.label_zh, &field.label_en).to_owned());
    let label = label.unwrap_or_else(|| reader.t(T::FacilityVariant));
    format!("{name} \u{b7} {label}")
}

fn value(reader: Reader<'_>, item: &Item, known: &DesignValue) -> String {
    let tongue = tongue(reader.language);
    if known.field == DESIGN_VARIANT {
        let chosen = item.record.variant(&known.value);
        return chosen.map_or(&*known.value, |held| tongue.of(&held.label_zh, &held.label_en)).to_owned();
    }
    let number = item.record.field(&known.field).and_then(Field::number);
    let unit = number.map(|number| tongue.of(&number.unit.symbol, &number.unit.en_plural)).unwrap_or_default();
    format!("{} {unit}", known.value).trim().to_owned()
}

fn source(reader: Reader<'_>, known: &DesignValue) -> String {
    let day = known.date.map(|day| format!(" \u{b7} {}", date(reader.language, day))).unwrap_or_default();
    format!("{}{day}", known.source)
}

/// What the items of the facility ask of the design.
fn asked(reader: Reader<'_>, facility: &Facility) -> Vec<DesignChoice> {
    let tongue = tongue(reader.language);
    let mut choices = Vec::new();
    for item in &facility.items {
        let choice = |field: &str, hint: String| DesignChoice {
            key: format!("{}|{field}", item.id),
            word: what(reader, item, field),
            hint,
        };
        for field in item.record.fields.iter().filter(|field| field.source == Source::Design) {
            let hint = match &field.kind {
                FieldKind::Number(number) => tongue.of(&number.unit.symbol, &number.unit.en_plural).to_owned(),
                FieldKind::Choice(choice) => {
                    let option = |value: &str, label: &str| named(reader, value, label);
                    let options = choice.options.iter();
                    word::join(
                        reader.language,
                        options.map(|held| option(&held.value, tongue.of(&held.label_zh, &held.label_en))),
                    )
                }
                FieldKind::Bool(_) => "true, false".to_owned(),
                FieldKind::Text => String::new(),
            };
            choices.push(choice(&field.key, hint));
        }
        let variants = item.record.variants.iter().filter(|variant| variant.select.is_none());
        let variants: Vec<String> =
            variants.map(|held| named(reader, &held.key, tongue.of(&held.label_zh, &held.label_en))).collect();
        if !variants.is_empty() {
            choices.push(choice(DESIGN_VARIANT, word::join(reader.language, variants)));
        }
    }
    choices
}

fn named(reader: Reader<'_>, value: &str, label: &str) -> String {
    reader.say(T::FacilityOption, &[("value", Arg::from(value)), ("label", Arg::from(label))])
}
