//! The words of one item of a plan.

use crate::console::{frame::Frame, when};
use firebee_domain::{catalogue::Catalogue, plan::PlanItem};
use firebee_protocol::catalogue::tongue;

/// The names of an item, its facility and its system.
pub(super) struct Names {
    pub(super) item: String,
    pub(super) facility: String,
    pub(super) system: String,
}

/// The names of an item, from the catalogue that its plan pins.
pub(super) fn names(f: &Frame, catalogue: &Catalogue, item: &PlanItem) -> Names {
    let tongue = tongue(f.language);
    match catalogue.item(&item.item_id) {
        Some(found) => Names {
            item: tongue.of(&found.item.name, &found.item.name_en).to_owned(),
            facility: tongue.of(&found.facility.name, &found.facility.name_en).to_owned(),
            system: tongue.of(&found.system.name, &found.system.name_en).to_owned(),
        },
        None => Names { item: item.item_id.clone(), facility: item.facility.clone(), system: item.system.clone() },
    }
}

/// the day and the place that an item is meant for; empty while nobody set them.
pub(super) fn meant(f: &Frame, item: &PlanItem) -> String {
    let day = item.planned_for.map(|day| when::date(f.language, day));
    day.into_iter().chain(item.position.clone()).collect::<Vec<_>>().join(" · ")
}
