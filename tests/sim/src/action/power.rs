//! The power will go in the middle of something: after so many more calls of the disk.

use super::pick;
use crate::{tape::draw, trace, world::World};

/// A phone's.
pub fn phone(world: &mut World) {
    let Some((number, _)) = pick(world, |_, _| true) else { return };
    let calls = 1 + draw("calls", 300);
    trace::say(&format!("phone {number} will lose its power after {calls} calls of its disk"));
    if let Some(phone) = world.phones.get(number) {
        phone.life().disk.power_off_at(calls);
    }
}

/// The server's.
pub fn server(world: &mut World) {
    let Some(life) = world.host.life() else { return };
    let calls = 1 + draw("calls", 600);
    trace::say(&format!("the server will lose its power after {calls} calls of its disk"));
    life.disk.power_off_at(calls);
}
