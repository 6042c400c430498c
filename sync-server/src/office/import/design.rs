//! A row that says a value of a design. It is known by its project, its item and its field. A row without a value says
//! nothing, so a table that lists everything the catalogue asks for is filled in as far as somebody knows it.

use super::{
    Row, Told,
    deed::{Deed, Found},
    row::narrow,
    site::{alone, called, facility, site, ticked},
    typed::{Typed, is_word, same, yes_or_no},
    undo::Back,
};
use crate::{
    office::{
        Act,
        project::{EnterDesign, TakeBackDesign},
    },
    store::{StoreError, Tx},
    text::Text as T,
};
use firebee_domain::{
    catalogue::{Catalogue, Facility, FieldKind, Item, Source},
    code::Code,
    id::ProjectId,
    import::Kind,
    project::{DESIGN_VARIANT, DesignValue, Project, designed},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Language, say, tongue},
};

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut typed = row.typed(Kind::Design);
    let read = read(tx, act, &mut typed).await?;
    let Some((project, wanted, known)) = read.filter(|_| typed.told.is_empty()) else {
        return Ok(Found::Wrong(typed.told));
    };
    let says_nothing = wanted.value.is_empty() && wanted.source.is_empty();
    if says_nothing || known.as_ref() == Some(&wanted) {
        return Ok(Found::Same);
    }
    Ok(Found::Deed(Deed::EnterDesign(Box::new(EnterDesign { project, value: wanted }), known.is_none())))
}

/// The project of the row, the value that it says, and the value that is known. What is wrong is noted.
async fn read(
    tx: &mut Tx,
    act: &Act,
    typed: &mut Typed,
) -> Result<Option<(ProjectId, DesignValue, Option<DesignValue>)>, StoreError> {
    let Some(site) = site(tx, act, typed).await? else { return Ok(None) };
    let catalogue = &Pack::embedded().catalogue;
    let Some(facility) = facility(catalogue, &site.project, typed) else { return Ok(None) };
    let Some(item) = item(facility, typed.get("item")) else {
        typed.wrong("item", Code::DesignNotAsked);
        return Ok(None);
    };
    let Some(field) = field(item, typed.get("field")) else {
        typed.wrong("field", Code::DesignNotAsked);
        return Ok(None);
    };
    let known = designed(&site.project.design_values, &item.id).find(|known| known.field == field).cloned();
    let day = typed.get("date").to_owned();
    let said = |held: fn(&DesignValue) -> &String, said: &str| match (said, &known) {
        ("", Some(known)) => held(known).clone(),
        _ => said.to_owned(),
    };
    let date = match day.parse() {
        Ok(day) => Some(day),
        Err(_) if day.is_empty() => known.as_ref().and_then(|known| known.date),
        Err(_) => {
            typed.wrong("date", Code::CellMalformed);
            None
        }
    };
    let wanted = DesignValue {
        item_id: item.id.clone(),
        value: said(|known| &known.value, &value(item, &field, typed.get("value"))),
        source: said(|known| &known.source, typed.get("source")),
        date,
        field,
    };
    Ok(Some((site.project.id, wanted, known)))
}

/// The item of a facility that a text names.
fn item<'c>(facility: &'c Facility, said: &str) -> Option<&'c Item> {
    let by_id = facility.items.iter().find(|item| item.id == said);
    let named =
        |item: &&Item| [&item.name, &item.name_en].into_iter().chain(&item.aliases).any(|name| same(name, said));
    by_id.or_else(|| alone(facility.items.iter().filter(named)))
}

/// The key of the field of an item that a text names, among those that the design fills.
fn field(item: &Item, said: &str) -> Option<String> {
    let asked = || item.record.fields.iter().filter(|field| field.source == Source::Design);
    if let Some(field) = asked().find(|field| field.key == said) {
        return Some(field.key.clone());
    }
    if said == DESIGN_VARIANT || is_word(said, T::FacilityVariant) {
        return Some(DESIGN_VARIANT.to_owned());
    }
    alone(asked().filter(|field| same(&field.label_zh, said) || same(&field.label_en, said)))
        .map(|field| field.key.clone())
}

/// A value as the field keeps it: the key of what a label says. What no label says stays as it is, for the command to refuse.
fn value(item: &Item, field: &str, said: &str) -> String {
    let labelled = |zh: &str, en: &str| same(zh, said) || same(en, said);
    let key = if field == DESIGN_VARIANT {
        let mut variants = item.record.variants.iter();
        variants.find(|held| labelled(&held.label_zh, &held.label_en)).map(|held| held.key.clone())
    } else {
        match item.record.field(field).map(|field| &field.kind) {
            Some(FieldKind::Choice(choice)) => {
                let mut options = choice.options.iter();
                options.find(|held| labelled(&held.label_zh, &held.label_en)).map(|held| held.value.clone())
            }
            Some(FieldKind::Bool(_)) => yes_or_no(said).map(|answer| answer.to_string()),
            Some(FieldKind::Number(_)) => Some(narrow(said)),
            Some(FieldKind::Text) | None => None,
        }
    };
    key.unwrap_or_else(|| said.to_owned())
}

/// The rows of a project: everything that its facilities ask of the design, with the value where one is known. Each has its
/// facility, item, field, value, source and date.
pub(super) fn rows(catalogue: &Catalogue, project: &Project, language: Language) -> Vec<[String; 6]> {
    let tongue = tongue(language);
    let mut rows = Vec::new();
    for facility in ticked(catalogue, project) {
        let place = called(catalogue, project, facility, tongue.of(&facility.name, &facility.name_en));
        for item in &facility.items {
            let asked = item.record.fields.iter().filter(|field| field.source == Source::Design);
            let asked = asked.map(|field| (field.key.as_str(), tongue.of(&field.label_zh, &field.label_en).to_owned()));
            let chosen = item.record.variants.iter().any(|variant| variant.select.is_none());
            let variant = chosen.then(|| (DESIGN_VARIANT, say(language, T::FacilityVariant)));
            let name = tongue.of(&item.name, &item.name_en);
            let name = if self::item(facility, name).is_some() { name } else { &item.id };
            for (key, label) in asked.chain(variant) {
                let known = designed(&project.design_values, &item.id).find(|known| known.field == key);
                let label = if field(item, &label).is_some_and(|found| found == key) { label } else { key.to_owned() };
                let value = known.map(|known| labelled(item, known, language)).unwrap_or_default();
                let source = known.map(|known| known.source.clone()).unwrap_or_default();
                let date = known.and_then(|known| known.date).map(|date| date.to_string()).unwrap_or_default();
                rows.push([place.clone(), name.to_owned(), label, value, source, date]);
            }
        }
    }
    rows
}

/// A value as people read it, without its unit.
fn labelled(item: &Item, known: &DesignValue, language: Language) -> String {
    let tongue = tongue(language);
    let label = if known.field == DESIGN_VARIANT {
        item.record.variant(&known.value).map(|held| tongue.of(&held.label_zh, &held.label_en).to_owned())
    } else {
        match item.record.field(&known.field).map(|field| &field.kind) {
            Some(FieldKind::Choice(choice)) => {
                let option = choice.options.iter().find(|held| held.value == known.value);
                option.map(|held| tongue.of(&held.label_zh, &held.label_en).to_owned())
            }
            Some(FieldKind::Bool(_)) => {
                known.value.parse().ok().map(|yes: bool| say(language, if yes { T::ImportYes } else { T::ImportNo }))
            }
            Some(FieldKind::Number(_) | FieldKind::Text) | None => None,
        }
    };
    // Where two answers have one label, the key tells which.
    label.filter(|label| value(item, &known.field, label) == known.value).unwrap_or_else(|| known.value.clone())
}

/// The command that takes the row back: the value before it counts again. `None` where it is not found any more.
pub(super) async fn back(tx: &mut Tx, act: &Act, row: &Row) -> Result<Option<Back>, StoreError> {
    let read = read(tx, act, &mut row.typed(Kind::Design)).await?;
    Ok(read.and_then(|(project, _, known)| {
        let value = known?;
        Some(Back::TakeBackDesign(Box::new(TakeBackDesign { project, value })))
    }))
}

/// What a command says, at the columns of the table.
pub(super) fn placed(told: Told) -> Told {
    let at = match told.code {
        Code::DesignNotAsked => "field",
        Code::ValueMalformed => "value",
        // Texts are checked of the source alone.
        _ => "source",
    };
    Told { at: at.into(), ..told }
}
