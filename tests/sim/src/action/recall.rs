//! The lead takes items back.

use crate::{tape::draw, trace, world::World};

/// One item, whoever has it.
pub async fn recall(world: &mut World) {
    let Some(app) = world.host.app() else { return };
    let at = draw("from", world.office.items.len() as u64);
    let items: Vec<_> = world.office.items.iter().skip(usize::try_from(at).unwrap_or(0)).take(1).copied().collect();
    let taken = world.office.recall(&app, items).await;
    trace::say(&format!("the lead takes item {at} back: {taken}"));
}
