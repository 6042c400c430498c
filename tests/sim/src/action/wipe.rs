//! A phone that lost its account is erased.

use super::{done, pick};
use crate::{
    oracle::blobs::only_on,
    verdict::holds,
    world::{World, disk::End},
};

/// Erases a phone; refused until all that it recorded is safe.
pub fn wipe(world: &mut World) {
    let lost = |client: &firebee_client::Client| {
        client.session().state().is_ok_and(|state| state.is_some_and(|held| held.lost.is_some()))
    };
    let Some((number, client)) = pick(world, |phone, client| !phone.is_busy() && lost(client)) else { return };
    let alone = only_on(world, number);
    let result = client.session().wipe();
    drop(client);
    done(world, number, "is erased", &result);
    if result.is_ok() {
        holds(8, alone.is_empty(), || {
            format!("phone {number} is erased with {} photos that nobody else has", alone.len())
        });
        world.restart_phone(number, End::Killed);
    }
}
