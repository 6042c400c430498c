//! The lead issues items to an operator.

use crate::{
    tape::draw,
    trace,
    world::{World, office::LOGINS},
};

/// A few items in a row to somebody.
pub async fn issue(world: &mut World) {
    let Some(app) = world.host.app() else { return };
    let (from, count) = (draw("from", world.office.items.len() as u64), 1 + draw("count", 5));
    let items: Vec<_> = world.office.items.iter().skip(usize::try_from(from).unwrap_or(0)).copied().collect();
    let items: Vec<_> = items.into_iter().take(usize::try_from(count).unwrap_or(1)).collect();
    let to = LOGINS.into_iter().nth(usize::try_from(draw("to", 3)).unwrap_or(0)).unwrap_or("ma");
    let taken = world.office.issue(&app, items, to).await;
    trace::say(&format!("the lead issues {count} items from {from} to {to}: {taken}"));
}
