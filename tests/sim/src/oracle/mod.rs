//! The oracle: what must hold, found by own SQL, own reading of JSON and own hashes. It shares no code with the engine.

pub mod acknowledged;
pub mod blobs;
pub mod counts;
pub mod db;
pub mod effects;
pub mod feed;
pub mod no_loss;

use crate::world::World;

/// Everything that holds at any moment at which no machine is off.
pub fn check(world: &World) {
    if !world.host.is_on() {
        return;
    }
    no_loss::check(world);
    effects::check(world);
    feed::check(world);
    blobs::check(world);
    (0..world.phones.len()).for_each(|phone| counts::check(world, phone));
}
