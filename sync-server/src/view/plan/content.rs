//! What a plan tests, facility by facility: no more than an owner is told.

use super::{meant, names};
use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    catalogue::Catalogue,
    plan::{Plan, PlanItem},
};
use firebee_protocol::text::{Chip, Shape, Tone};

/// A facility of a plan.
pub struct Content {
    /// Its name.
    pub facility: String,
    /// Its items, in the order of the plan.
    pub items: Vec<ContentItem>,
}

/// An item of a plan.
pub struct ContentItem {
    /// Its name.
    pub name: String,
    /// When and where it is meant to be tested.
    pub meant: String,
    /// Where it stands.
    pub state: Chip,
    /// Why it is left out; empty when it is not.
    pub ignored: String,
}

/// What a plan tests.
#[must_use]
pub fn content(reader: Reader<'_>, plan: &Plan, catalogue: &Catalogue) -> Vec<Content> {
    let mut facilities: Vec<(&str, Content)> = Vec::new();
    for item in &plan.items {
        let named = names(reader, catalogue, item);
        let line = line(reader, item, named.item);
        match facilities.iter_mut().find(|(code, _)| *code == item.facility) {
            Some((_, facility)) => facility.items.push(line),
            None => facilities.push((&item.facility, Content { facility: named.facility, items: vec![line] })),
        }
    }
    facilities.into_iter().map(|(_, facility)| facility).collect()
}

fn line(reader: Reader<'_>, item: &PlanItem, name: String) -> ContentItem {
    let state = match item.ignored {
        Some(_) => Chip { tone: Tone::Untestable, shape: Shape::Dash, word: reader.t(T::PlanIgnored) },
        None => Chip::plan_item(reader.language, item.state),
    };
    ContentItem { name, meant: meant(reader, item), state, ignored: item.ignored.clone().unwrap_or_default() }
}
