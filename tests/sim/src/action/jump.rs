//! A phone's wall clock jumps.

use super::pick;
use crate::{
    tape::{choose, draw},
    trace,
    world::World,
};

const YEAR_MS: u64 = 365 * 86_400_000;

/// By minutes or by up to ten years, in either direction, or back to the server's time.
pub fn jump(world: &mut World) {
    let Some((number, _)) = pick(world, |_, _| true) else { return };
    let Some(phone) = world.phones.get(number) else { return };
    let most = if choose("far", &[1, 1]) == 1 { 10 * YEAR_MS } else { 3_600_000 };
    let by = i64::try_from(draw("by", most)).unwrap_or(0);
    let to = match choose("where", &[1, 1, 1]) {
        0 => world.clock.now().0,
        1 => phone.wall_ms().saturating_add(by),
        _ => phone.wall_ms().saturating_sub(by).max(0),
    };
    trace::say(&format!("the clock of phone {number} jumps to {to}"));
    phone.clock.set().set_wall_ms(to);
}
