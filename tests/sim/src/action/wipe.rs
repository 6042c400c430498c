//! A phone that lost its account is erased.

use super::{done, pick};
use crate::world::{World, disk::End};

/// Erases a phone; refused until all that it recorded is safe.
pub fn wipe(world: &mut World) {
    let lost = |client: &firebee_client::Client| {
        client.session().state().is_ok_and(|state| state.is_some_and(|held| held.lost.is_some()))
    };
    let Some((number, client)) = pick(world, |phone, client| !phone.is_busy() && lost(client)) else { return };
    let result = client.session().wipe();
    drop(client);
    done(world, number, "is erased", &result);
    if result.is_ok() {
        world.restart_phone(number, End::Killed);
    }
}
