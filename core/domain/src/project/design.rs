//! What the design of a project prescribes, which limits "by design", variants and proposals take.

use super::{PROJECT_TEXT_LENGTH_MAX, Project};
use crate::{
    catalogue::{Catalogue, FieldKind, FieldValue, Item, Source},
    code::Code,
    measure::Decimal,
    text::{self, TextError},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The field under which the design says which variant of an item applies, such as the class of use. No field of a record
/// has this key.
pub const DESIGN_VARIANT: &str = "variant";

/// One value of the design.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignValue {
    /// The catalogue item that asks for it.
    pub item_id: String,
    /// The key of the field within the item, or [`DESIGN_VARIANT`].
    pub field: String,
    /// The value as the field's kind writes it, or the key of the variant.
    pub value: String,
    /// Where it was read: a drawing, an approval, a name plate.
    pub source: String,
    /// The date of that source.
    pub date: Option<NaiveDate>,
}

/// Why a value of the design is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// The project has ended.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// The catalogue asks for no such value of a design, or the project has not ticked its facility.
    #[error("nothing of the project asks for this value")]
    NotAsked,
    /// The field does not take this value.
    #[error("the field does not take this value")]
    ValueMalformed,
    /// The source is not fit to keep, or missing.
    #[error(transparent)]
    Source(#[from] TextError),
}

impl DesignError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::NotAsked => Code::DesignNotAsked,
            Self::ValueMalformed => Code::ValueMalformed,
            Self::Source(error) => error.code(),
        }
    }
}

/// what the design prescribes for a catalogue item: of each field the value entered last.
pub fn designed<'v>(values: &'v [DesignValue], item_id: &str) -> impl Iterator<Item = &'v DesignValue> {
    let of_item = move |known: &&DesignValue| known.item_id == item_id;
    values.iter().enumerate().filter(move |(_, known)| of_item(known)).filter_map(move |(at, known)| {
        let mut later = values.iter().skip(at + 1).filter(of_item);
        later.all(|other| other.field != known.field).then_some(known)
    })
}

/// enters a value of the design behind the earlier ones, which stay as they were. Returns the project with it.
///
/// # Errors
/// The project is terminated, nothing of it asks for the value, its field does not take it, or its source is not told.
pub fn enter_design(project: &Project, catalogue: &Catalogue, value: DesignValue) -> Result<Project, DesignError> {
    if project.termination.is_some() {
        return Err(DesignError::ProjectTerminated);
    }
    let found = catalogue.item(&value.item_id).filter(|found| project.facilities.contains(&found.facility.code));
    let item = found.ok_or(DesignError::NotAsked)?.item;
    let typed = value.value.trim();
    if !takes(item, &value.field, typed)? {
        return Err(DesignError::ValueMalformed);
    }
    let kept =
        DesignValue { value: typed.to_owned(), source: text::name(&value.source, PROJECT_TEXT_LENGTH_MAX)?, ..value };
    let mut after = project.clone();
    after.design_values.push(kept);
    Ok(after)
}

/// takes back the value of the design that was entered last for its field. The one before it counts again. Returns the
/// project without it; `None` where something else was entered since, or it is gone.
pub fn take_back_design(project: &Project, value: &DesignValue) -> Option<Project> {
    let of_field = |known: &DesignValue| known.item_id == value.item_id && known.field == value.field;
    let last = project.design_values.iter().rposition(of_field)?;
    let mut after = project.clone();
    (after.design_values.remove(last) == *value).then_some(after)
}

/// Whether a field that the design fills takes a value.
fn takes(item: &Item, field: &str, value: &str) -> Result<bool, DesignError> {
    if field == DESIGN_VARIANT {
        let chosen = item.record.variants.iter().filter(|variant| variant.select.is_none());
        let keys: Vec<&str> = chosen.map(|variant| variant.key.as_str()).collect();
        return if keys.is_empty() { Err(DesignError::NotAsked) } else { Ok(keys.contains(&value)) };
    }
    let field = item.record.field(field).filter(|field| field.source == Source::Design);
    Ok(match &field.ok_or(DesignError::NotAsked)?.kind {
        FieldKind::Number(number) => number.value(value).is_ok(),
        FieldKind::Choice(choice) => choice.options.iter().any(|option| option.value == value),
        FieldKind::Bool(_) => value.parse::<bool>().is_ok(),
        FieldKind::Text => !text::is_blank(value) && text::check_within(value, text::NAME_MAX).is_ok(),
    })
}

/// Whether an answer takes everything from the design that the design prescribes for its item.
pub(crate) fn agrees(item: &Item, design: &[DesignValue], variant: Option<&str>, values: &[FieldValue]) -> bool {
    let same = |a: &str, b: &str| match (a.parse::<Decimal>(), b.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    };
    designed(design, &item.id).all(|known| {
        if known.field == DESIGN_VARIANT {
            return variant.is_none_or(|variant| variant == known.value);
        }
        let asked = item.record.field(&known.field).is_some_and(|field| field.is_asked(variant));
        let said = values.iter().find(|held| held.key == known.field);
        !asked || said.is_some_and(|said| same(&said.value, &known.value))
    })
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::catalogue::fixture;

    fn value(item_id: &str, field: &str, value: &str) -> DesignValue {
        let (item_id, field, value) = (item_id.into(), field.into(), value.into());
        DesignValue { item_id, field, value, source: "图纸水施-12".into(), date: None }
    }

    /// the value entered last counts, of each field of its item.
    #[test]
    fn r_363_the_latest_design_value_of_a_field_counts() {
        let values = [value("pump.a", "flow", "30"), value("pump.a", "head", "50"), value("pump.a", "flow", "40")];
        let of = |item_id| designed(&values, item_id).map(|known| known.value.as_str()).collect::<Vec<_>>();
        assert_eq!(of("pump.a"), ["50", "40"]);
        assert_eq!(of("pump.b"), [] as [&str; 0]);
    }

    /// the value that was entered last is taken back, and no other.
    #[test]
    fn r_363_a_value_that_is_taken_back_leaves_the_one_before_it() {
        let (first, second) = (value("pump.a", "flow", "30"), value("pump.a", "flow", "40"));
        let both = Project { design_values: vec![first.clone(), second.clone()], ..project() };
        assert_eq!(take_back_design(&both, &first), None, "another was entered since");
        let one = take_back_design(&both, &second).unwrap();
        assert_eq!(one.design_values, std::slice::from_ref(&first));
        assert_eq!(take_back_design(&one, &first).map(|after| after.design_values), Some(Vec::new()));
        assert_eq!(take_back_design(&one, &value("pump.b", "flow", "30")), None);
    }

    /// only what an item of a ticked facility asks of the design is entered, as its field writes it.
    #[test]
    fn r_363_only_what_the_catalogue_asks_of_the_design_is_entered() {
        let catalogue = fixture::catalogue();
        let facilities = vec!["ws-pool".to_owned(), "ws-municipal".to_owned()];
        let ticked = Project { facilities, ..project() };
        let enter = |wanted: DesignValue| enter_design(&ticked, catalogue, wanted).map(|after| after.design_values);
        let entered = enter(value("ws-pool.a", "design", " 432 ")).unwrap();
        assert_eq!(entered.last().map(|held| held.value.as_str()), Some("432"));
        assert!(enter(value("ws-municipal.a", DESIGN_VARIANT, "with-hydrants")).is_ok());
        for (wanted, error) in [
            (value("ws-pool.a", "design", "viel"), DesignError::ValueMalformed),
            (value("ws-municipal.a", DESIGN_VARIANT, "other"), DesignError::ValueMalformed),
            (value("ws-pool.a", DESIGN_VARIANT, "any"), DesignError::NotAsked),
            (value("ws-pool.a", "level", "1"), DesignError::NotAsked),
            (value("ws-tank.a", "design", "18"), DesignError::NotAsked),
            (DesignValue { source: " ".into(), ..value("ws-pool.a", "design", "432") }, TextError::Empty.into()),
        ] {
            assert_eq!(enter(wanted), Err(error));
        }
    }
}
