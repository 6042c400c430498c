//! Time passes, so that what is under way goes on.

use crate::{
    tape::{choose, draw},
    trace,
    world::World,
};

/// Seconds, minutes, hours, or days.
pub async fn pass(world: &mut World) {
    let most = [10_000, 600_000, 7_200_000, 86_400_000, 15 * 86_400_000];
    let most = most.into_iter().nth(choose("how long", &[16, 8, 4, 2, 1])).unwrap_or(10_000);
    let ms = 1 + draw("ms", most);
    trace::say(&format!("{} s pass", ms / 1_000));
    world.pass(ms).await;
}
