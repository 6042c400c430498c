//! A phone's app is killed, or its battery taken out.

use super::pick;
use crate::{
    trace,
    world::{World, disk::End},
};

/// Ends a phone's life at whatever it is doing.
pub fn kill(world: &mut World) {
    let Some((number, client)) = pick(world, |_, _| true) else { return };
    drop(client);
    let end = End::drawn();
    trace::say(&format!("phone {number} ends: {end:?}"));
    world.restart_phone(number, end);
}
